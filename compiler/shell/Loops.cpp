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
// What is told of evolutions
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
  handOverIf(evolution, isWatched, index(loc, 0), inits, carried);
  return isWatched;
}

void Shell::watchStep(Operation *evolution, Value isWatched, Value before,
                      Value done, ValueRange inits, ValueRange carried) {
  if (!isWatched)
    return;
  Location loc = evolution->getLoc();
  Value isDue = builder.create<arith::CmpIOp>(
      loc, arith::CmpIPredicate::ne,
      call(loc, "pde_is_check_due", {context, before, done}), small(loc, 0));
  Value isLookedAt = builder.create<arith::OrIOp>(loc, isWatched, isDue);
  handOverIf(evolution, isLookedAt, done, inits, carried);
}

/// Gives what an evolution carries after `step` steps to the watch.
void Shell::handOverIf(Operation *evolution, Value condition, Value step,
                       ValueRange inits, ValueRange carried) {
  Location loc = evolution->getLoc();
  auto choice = builder.create<scf::IfOp>(loc, condition);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(choice.thenBlock());
  Value line = small(loc, lineIn(*evolution, program));
  for (size_t level = 0; level < inits.size(); ++level)
    if (isField(inits[level]))
      withData(loc, carried[level], [&](Value data) {
        call(loc, "pde_watch", {context, line, small(loc, level), step, data});
      });
}

//===----------------------------------------------------------------------===//
// States that are saved
//===----------------------------------------------------------------------===//

/// Whether an evolution is no part of another. One with a condition is in a
/// loop of one pass, or of none where its condition holds already.
static bool isOutermost(Operation &evolution, Operation *program) {
  Operation *parent = evolution.getParentOp();
  if (parent == program)
    return true;
  auto choice = dyn_cast<CountedLoopOpInterface>(parent);
  return choice && !choice.getEvolution() && parent->getParentOp() == program;
}

Value Shell::beginState(Operation *evolution, Value count) {
  Location loc = evolution->getLoc();
  int32_t line = lineIn(*evolution, program);
  if (!line || !isOutermost(*evolution, program))
    return {};
  return call(loc, "pde_state_begin", {context, small(loc, line), count});
}

Value Shell::firstStep(Location loc, Value state) {
  return state ? call(loc, "pde_state_first", {context, state}) : index(loc, 0);
}

void Shell::saveState(Operation *evolution, Value state, Value done,
                      Value ended, ValueRange parts, ValueRange carried) {
  if (!state)
    return;
  Location loc = evolution->getLoc();
  Value isEnded =
      builder.create<arith::ExtUIOp>(loc, builder.getI32Type(), ended);
  Value isDue = builder.create<arith::CmpIOp>(
      loc, arith::CmpIPredicate::ne,
      call(loc, "pde_state_due", {context, state, done, isEnded}),
      small(loc, 0));
  auto choice = builder.create<scf::IfOp>(loc, isDue);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(choice.thenBlock());
  keepState(loc, parts, state, carried);
  call(loc, "pde_state_save", {context, state});
}

//===----------------------------------------------------------------------===//
// Loops with a count
//===----------------------------------------------------------------------===//

void Shell::lowerCounted(CountedLoopOpInterface op) {
  Location loc = op.getLoc();
  SmallVector<Value> inits = ownInits(op, op.getInits());
  Value count = mapping.lookup(op.getCount());
  Value state = op.getEvolution() ? beginState(op, count) : Value();
  if (state)
    inits = restoreState(loc, op.getInits(), state, inits);
  Value isWatched =
      op.getEvolution() ? startWatch(op, op.getInits(), inits) : Value();
  Value first = firstStep(loc, state);
  auto loop =
      builder.create<scf::ForOp>(loc, first, count, index(loc, 1), inits);
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
      watchStep(op, isWatched, pass, done, op.getInits(), next);
      tellProgress(loc, done, count);
      saveState(op, state, done, truth(loc, false), op.getInits(), next);
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
  if (!op.getAccept()) {
    // What is not a number stays one: no further pass will end the loop.
    Value isNumber = builder.create<arith::CmpFOp>(
        loc, arith::CmpFPredicate::ORD, state[valueSlot], state[boundSlot]);
    goesOn = builder.create<arith::SelectOp>(loc, isNumber, goesOn, no);
  }
  builder.create<scf::ConditionOp>(loc, goesOn, state);
}

/// What the next pass gets.
SmallVector<Value> Shell::lowerPass(ConditionalLoopOpInterface op,
                                    Value savedState, Value isWatched,
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
  watchStep(op, isWatched, state[passesSlot], passes, op.getInits(), carried);
  saveState(op, savedState, passes, next[doneSlot], op.getInits(), carried);
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

ValueRange Shell::makeWhile(Location loc, ValueRange inits,
                            function_ref<void(ValueRange)> condition,
                            function_ref<SmallVector<Value>(ValueRange)> pass) {
  SmallVector<Type> types(inits.getTypes());
  SmallVector<Location> places(types.size(), loc);
  auto loop = builder.create<scf::WhileOp>(loc, types, inits);
  enterLoop(loop);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.createBlock(&loop.getBefore(), {}, types, places);
    condition(loop.getBeforeArguments());
    builder.createBlock(&loop.getAfter(), {}, types, places);
    SmallVector<Value> next = pass(loop.getAfterArguments());
    endPass();
    builder.create<scf::YieldOp>(loc, next);
  }
  leaveLoop();
  return loop.getResults();
}

/// Whether the passes of a loop with a condition are time steps.
static bool isEvolution(ConditionalLoopOpInterface op) {
  auto measure = op->getAttrOfType<StringAttr>("measure");
  return measure && measure == "evolution";
}

void Shell::lowerConditional(ConditionalLoopOpInterface op) {
  Location loc = op.getLoc();
  Value no = truth(loc, false), nothing = number(loc, 0);
  SmallVector<Value> own = ownInits(op, op.getInits());
  Value savedState =
      isEvolution(op) ? beginState(op, mapping.lookup(op.getMax())) : Value();
  Value ended = no;
  if (savedState) {
    own = restoreState(loc, op.getInits(), savedState, own);
    ended = builder.create<arith::CmpIOp>(
        loc, arith::CmpIPredicate::ne,
        call(loc, "pde_state_ended", {context, savedState}), small(loc, 0));
  }
  Value isWatched =
      isEvolution(op) ? startWatch(op, op.getInits(), own) : Value();
  SmallVector<Value> inits{firstStep(loc, savedState), ended, nothing, nothing};
  inits.append(own);
  ValueRange left = makeWhile(
      loc, inits, [&](ValueRange state) { lowerCondition(op, no, state); },
      [&](ValueRange state) {
        return lowerPass(op, savedState, isWatched, state);
      });
  if (!op.getAccept())
    failUnlessDone(op, left);
  mapping.map(op->getResults(), left.drop_front(firstCarried));
}

} // namespace pdec::shell
