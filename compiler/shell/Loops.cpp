//===- Loops.cpp - counted loops and loops with a condition ---------------===//
//
// A loop owns the fields that it carries: it gets its own of what it starts
// from, and each pass lets go of what it got and does not hand on. So memory
// does not grow with the number of passes.
//
//===----------------------------------------------------------------------===//

#include "compiler/shell/Shell.h"

#include "compiler/pde/Interface.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::shell {

//===----------------------------------------------------------------------===//
// What loops carry
//===----------------------------------------------------------------------===//

/// The values that a loop starts with, fields its own.
SmallVector<Value> Shell::ownInits(Operation *loop, ValueRange inits) {
  return llvm::map_to_vector(inits, [&](Value init) {
    return isField(init) ? handOn(loop->getLoc(), init, mayTakeOver(loop, init))
                         : mapping.lookup(init);
  });
}

/// The values that a pass hands on, fields the next pass's own; what this one
/// still owns goes.
SmallVector<Value> Shell::handOnAll(Block &body, ValueRange values) {
  Operation *end = body.getTerminator();
  SmallVector<Value> next;
  llvm::DenseSet<Value> given;
  for (Value value : values) {
    bool isOwn = value.getParentBlock() == &body && !disowned.count(value) &&
                 given.insert(value).second;
    next.push_back(isField(value) ? handOn(end->getLoc(), value, isOwn)
                                  : mapping.lookup(value));
  }
  releaseAfter(*end);
  for (Value argument : body.getArguments())
    if (isField(argument) && !disowned.count(argument))
      letGo(end->getLoc(), argument);
  return next;
}

/// Lowers a pass, which gets `carried`, to what the next one gets.
SmallVector<Value> Shell::lowerBody(Block &body, Value pass, ValueRange carried,
                                    ValueRange next) {
  mapping.map(body.getArgument(0), pass);
  mapping.map(body.getArguments().drop_front(), carried);
  lowerBlock(body);
  return handOnAll(body, next);
}

//===----------------------------------------------------------------------===//
// Loops with a count
//===----------------------------------------------------------------------===//

void Shell::tellProgress(Location loc, Value done, Value count) {
  call(loc, "pde_progress", {context, done, count});
}

Value Shell::startWatch(Operation *evolution, ValueRange inits,
                        ValueRange carried) {
  Location loc = evolution->getLoc();
  if (!lineIn(*evolution, program))
    return {};
  Value isWatched = builder.create<arith::CmpIOp>(
      loc, arith::CmpIPredicate::ne, call(loc, "pde_is_watched", {context}),
      small(loc, 0));
  watchStep(evolution, isWatched, index(loc, 0), inits, carried);
  return isWatched;
}

void Shell::watchStep(Operation *evolution, Value isWatched, Value step,
                      ValueRange inits, ValueRange carried) {
  if (!isWatched)
    return;
  Location loc = evolution->getLoc();
  auto choice = builder.create<scf::IfOp>(loc, isWatched);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(choice.thenBlock());
  Value line = small(loc, lineIn(*evolution, program));
  for (size_t level = 0; level < inits.size(); ++level)
    if (isField(inits[level]))
      withData(loc, carried[level], [&](Value data) {
        call(loc, "pde_watch", {context, line, small(loc, level), step, data});
      });
}

void Shell::lowerCounted(CountedLoopOpInterface op) {
  Location loc = op.getLoc();
  SmallVector<Value> inits = ownInits(op, op.getInits());
  Value count = mapping.lookup(op.getCount());
  Value isWatched =
      op.getEvolution() ? startWatch(op, op.getInits(), inits) : Value();
  auto loop = builder.create<scf::ForOp>(loc, index(loc, 0), count,
                                         index(loc, 1), inits);
  enterLoop(loop);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(loop.getBody());
    Value pass = loop.getInductionVar();
    Block &body = op->getRegion(0).front();
    SmallVector<Value> next = lowerBody(body, pass, loop.getRegionIterArgs(),
                                        body.getTerminator()->getOperands());
    if (op.getEvolution()) {
      Value done = builder.create<arith::AddIOp>(loc, pass, index(loc, 1));
      watchStep(op, isWatched, done, op.getInits(), next);
      tellProgress(loc, done, count);
    }
    endPass();
    // A loop that carries nothing has its end already.
    if (!next.empty())
      builder.create<scf::YieldOp>(loc, next);
  }
  leaveLoop();
  if (op.getEvolution())
    countWork(op, count);
  mapping.map(op->getResults(), loop.getResults());
}

//===----------------------------------------------------------------------===//
// Loops with a condition
//===----------------------------------------------------------------------===//

/// What such a loop carries before the program's values: passes made, whether
/// the last one ended the loop, and what was compared for that.
enum { passesSlot, doneSlot, valueSlot, boundSlot, firstCarried };

/// Goes on while there are passes left and the condition does not hold.
void Shell::lowerCondition(ConditionalLoopOpInterface op, Value no,
                           ValueRange state) {
  Location loc = op.getLoc();
  Value isLeft = builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::slt,
                                               state[passesSlot],
                                               mapping.lookup(op.getMax()));
  Value goesOn =
      builder.create<arith::SelectOp>(loc, state[doneSlot], no, isLeft);
  builder.create<scf::ConditionOp>(loc, goesOn, state);
}

/// What the next pass gets.
SmallVector<Value> Shell::lowerPass(ConditionalLoopOpInterface op,
                                    ValueRange state) {
  Location loc = op.getLoc();
  Block &body = op->getRegion(0).front();
  auto until = cast<UntilOpInterface>(body.getTerminator());
  SmallVector<Value> carried =
      lowerBody(body, state[passesSlot], state.drop_front(firstCarried),
                until.getValues());
  Value passes =
      builder.create<arith::AddIOp>(loc, state[passesSlot], index(loc, 1));
  SmallVector<Value> next{passes, mapping.lookup(until.getDone()),
                          mapping.lookup(until.getValue()),
                          mapping.lookup(until.getBound())};
  call(loc, "pde_note_iteration",
       {context, small(loc, isReplaying ? -1 : op.getLoop()), passes,
        next[valueSlot], next[boundSlot]});
  next.append(carried);
  return next;
}

/// Fails the run if a loop used up its passes.
void Shell::failUnlessDone(ConditionalLoopOpInterface op, ValueRange state) {
  Location loc = op.getLoc();
  Value isOpen =
      builder.create<arith::XOrIOp>(loc, state[doneSlot], truth(loc, true));
  auto failure = builder.create<scf::IfOp>(loc, isOpen);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(failure.thenBlock());
  call(loc, "pde_fail_convergence",
       {context, small(loc, op.getLoop()), state[passesSlot], state[valueSlot],
        state[boundSlot]});
}

void Shell::lowerConditional(ConditionalLoopOpInterface op) {
  Location loc = op.getLoc();
  Value no = truth(loc, false), nothing = number(loc, 0);
  SmallVector<Value> inits{index(loc, 0), no, nothing, nothing};
  inits.append(ownInits(op, op.getInits()));
  SmallVector<Type> types(ValueRange(inits).getTypes());
  SmallVector<Location> places(types.size(), loc);
  auto loop = builder.create<scf::WhileOp>(loc, types, inits);
  enterLoop(loop);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.createBlock(&loop.getBefore(), {}, types, places);
    lowerCondition(op, no, loop.getBeforeArguments());
    builder.createBlock(&loop.getAfter(), {}, types, places);
    SmallVector<Value> next = lowerPass(op, loop.getAfterArguments());
    endPass();
    builder.create<scf::YieldOp>(loc, next);
  }
  leaveLoop();
  if (!op.getAccept())
    failUnlessDone(op, loop.getResults());
  mapping.map(op->getResults(), loop.getResults().drop_front(firstCarried));
}

} // namespace pdec::shell
