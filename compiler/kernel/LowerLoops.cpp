//===- LowerLoops.cpp - steps and fixpoints as loops ----------------------===//

#include "compiler/kernel/Lowering.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

//===----------------------------------------------------------------------===//
// What loops carry
//===----------------------------------------------------------------------===//

/// True if a loop may carry on in its first level's own memory: nobody reads
/// the field afterwards, and the body does not read it while the loop runs.
bool Lowering::mayTakeOver(Operation *loop, Value init) {
  bool isRead = llvm::any_of(init.getUsers(), [&](Operation *user) {
    return loop->isProperAncestor(user);
  });
  return !isRead && llvm::count(loop->getOperands(), init) == 1 &&
         isLastUse(loop, init);
}

/// The values that a loop starts with, each field in memory that is its own.
SmallVector<Value> Lowering::ownInits(Operation *loop, ValueRange inits) {
  SmallVector<Value> owned;
  for (Value init : inits) {
    Value value = mapping.lookup(init);
    auto type = dyn_cast<FieldType>(init.getType());
    if (type && mayTakeOver(loop, init))
      taken.insert(init);
    else if (type)
      value = copyField(loop->getLoc(), type, value);
    owned.push_back(value);
  }
  return owned;
}

/// The values that a pass hands on, each field in memory that the loop owns;
/// gives back what the pass got and does not hand on.
SmallVector<Value> Lowering::yieldOwned(ValueRange values, Block &body) {
  Location loc = body.getTerminator()->getLoc();
  SmallVector<Value> owned;
  llvm::DenseSet<Value> given;
  for (Value value : values) {
    Value memory = mapping.lookup(value);
    auto type = dyn_cast<FieldType>(value.getType());
    bool isOwn = value.getParentBlock() == &body && given.insert(value).second;
    if (type && !isOwn)
      memory = copyField(loc, type, memory);
    if (type && isOwn)
      taken.insert(value);
    owned.push_back(memory);
  }
  for (Value argument : body.getArguments())
    if (auto type = dyn_cast<FieldType>(argument.getType());
        type && taken.insert(argument).second)
      buffers.give(type, mapping.lookup(argument));
  return owned;
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

/// The sweep that is all of a loop's step, if tiles can take several of it.
static CallOp wholeStep(StepsOp steps) {
  auto call = dyn_cast<CallOp>(steps.getBody().front().front());
  return call && call.getTile().takesSteps() ? call : CallOp();
}

void Lowering::lowerSteps(StepsOp steps) {
  if (CallOp whole = wholeStep(steps))
    lowerTiledSteps(steps, whole);
  else
    lowerPlainSteps(steps);
}

/// Tells the profile what an evolution did: each step reads and writes each
/// level once.
void Lowering::countWork(StepsOp steps, Value count) {
  SmallVector<FieldType> types;
  for (Type type : steps.getResultTypes())
    if (auto field = dyn_cast<FieldType>(type))
      types.push_back(field);
  if (!steps.getEvolution() || types.empty())
    return;
  Location loc = steps.getLoc();
  Value times = builder.create<arith::MaxSIOp>(loc, count, index(loc, 0));
  Value points =
      builder.create<arith::MulIOp>(loc, cellsOf(types.front()), times);
  int64_t bytes = types.front().getElement().getIntOrFloatBitWidth() / 8;
  Value moved = builder.create<arith::MulIOp>(
      loc, points, index(loc, 2 * types.size() * bytes));
  call(loc, "pde_count_work", {context, points, moved});
}

/// A loop with several sweeps, inner loops or carried scalars, or on grids of
/// several axes: pass by pass.
void Lowering::lowerPlainSteps(StepsOp steps) {
  Location loc = steps.getLoc();
  SmallVector<Value> inits = ownInits(steps, steps.getInits());
  Value count = mapping.lookup(steps.getCount());
  auto loop = builder.create<scf::ForOp>(loc, index(loc, 0), count,
                                         index(loc, 1), inits);
  buffers.enterLoop(loop);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(loop.getBody());
    Block &body = steps.getBody().front();
    mapping.map(body.getArgument(0), loop.getInductionVar());
    for (auto [argument, value] :
         llvm::zip(body.getArguments().drop_front(), loop.getRegionIterArgs()))
      mapping.map(argument, value);
    lowerBlock(body);
    if (steps.getEvolution())
      call(loc, "pde_progress",
           {context,
            builder.create<arith::AddIOp>(loc, loop.getInductionVar(),
                                          index(loc, 1)),
            count});
    auto yield = cast<YieldOp>(body.getTerminator());
    SmallVector<Value> owned = yieldOwned(yield.getValues(), body);
    buffers.endPass();
    builder.create<scf::YieldOp>(loc, owned);
  }
  buffers.leaveLoop();
  countWork(steps, count);
  for (auto [result, value] : llvm::zip(steps.getResults(), loop.getResults()))
    mapping.map(result, value);
}

//===----------------------------------------------------------------------===//
// Fixpoints
//===----------------------------------------------------------------------===//

/// What the loop of a fixpoint carries before its fields and scalars.
enum { passesSlot, doneSlot, valueSlot, boundSlot, firstCarried };

/// The body of a fixpoint: what the next pass gets.
SmallVector<Value> Lowering::lowerPass(FixpointOp fixpoint,
                                       ValueRange carried) {
  Location loc = fixpoint.getLoc();
  Block &body = fixpoint.getBody().front();
  mapping.map(body.getArgument(0), carried[passesSlot]);
  for (auto [argument, value] : llvm::zip(body.getArguments().drop_front(),
                                          carried.drop_front(firstCarried)))
    mapping.map(argument, value);
  lowerBlock(body);
  auto until = cast<UntilOp>(body.getTerminator());
  Value passes =
      builder.create<arith::AddIOp>(loc, carried[passesSlot], index(loc, 1));
  SmallVector<Value> next{passes, mapping.lookup(until.getDone()),
                          mapping.lookup(until.getValue()),
                          mapping.lookup(until.getBound())};
  call(loc, "pde_note_iteration",
       {context, number(loc, fixpoint.getLoop()), passes, next[valueSlot],
        next[boundSlot]});
  next.append(yieldOwned(until.getValues(), body));
  return next;
}

/// Fails the run if a loop used up its passes.
void Lowering::failUnlessDone(FixpointOp fixpoint, ValueRange results) {
  Location loc = fixpoint.getLoc();
  Value isDone = results[doneSlot];
  Value yes = builder.create<arith::ConstantOp>(loc, builder.getBoolAttr(true));
  Value isOpen = builder.create<arith::XOrIOp>(loc, isDone, yes);
  auto choice = builder.create<scf::IfOp>(loc, isOpen, /*withElse=*/false);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(choice.thenBlock());
  call(loc, "pde_fail_convergence",
       {context, number(loc, fixpoint.getLoop()), results[passesSlot],
        results[valueSlot], results[boundSlot]});
}

void Lowering::lowerFixpoint(FixpointOp fixpoint) {
  Location loc = fixpoint.getLoc();
  Value no = builder.create<arith::ConstantOp>(loc, builder.getBoolAttr(false));
  Value nothing =
      builder.create<arith::ConstantOp>(loc, builder.getF64FloatAttr(0));
  SmallVector<Value> starts{index(loc, 0), no, nothing, nothing};
  starts.append(ownInits(fixpoint, fixpoint.getInits()));
  Value most = mapping.lookup(fixpoint.getMax());
  SmallVector<Type> types(ValueRange(starts).getTypes());
  auto loop = builder.create<scf::WhileOp>(loc, types, starts);
  SmallVector<Location> locations(types.size(), loc);
  buffers.enterLoop(loop);
  {
    OpBuilder::InsertionGuard guard(builder);
    Block *before =
        builder.createBlock(&loop.getBefore(), {}, types, locations);
    ValueRange state = before->getArguments();
    Value isLeft = builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::slt,
                                                 state[passesSlot], most);
    Value stays =
        builder.create<arith::SelectOp>(loc, state[doneSlot], no, isLeft);
    builder.create<scf::ConditionOp>(loc, stays, state);
    Block *after = builder.createBlock(&loop.getAfter(), {}, types, locations);
    SmallVector<Value> next = lowerPass(fixpoint, after->getArguments());
    buffers.endPass();
    builder.create<scf::YieldOp>(loc, next);
  }
  buffers.leaveLoop();
  if (!fixpoint.getAccept())
    failUnlessDone(fixpoint, loop.getResults());
  for (auto [result, value] : llvm::zip(
           fixpoint.getResults(), loop.getResults().drop_front(firstCarried)))
    mapping.map(result, value);
}

} // namespace pdec::kernel
