//===- LowerCalls.cpp - calls of sweep functions --------------------------===//

#include "compiler/kernel/Lowering.h"
#include "compiler/kernel/SweepBuilder.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

/// A sweep function with its closure, and how many blocks there are.
struct Lowering::Call {
  const SweepFunction &function;
  ClosureLayout layout;
  Value closure, blocks;
};

void Lowering::setPointers(Location loc, const Call &call, unsigned slot,
                           ValueRange memory) {
  for (Value one : memory)
    setSlot(loc, call.closure, slot++, one);
}

/// Makes the closure with all that does not change from call to call.
Lowering::Call Lowering::prepareCall(SweepOp sweep, Passes passes) {
  Location loc = sweep.getLoc();
  ClosureLayout layout(sweep, passes);
  const SweepFunction &function = functions.get(sweep, passes);
  Value closure = stackSlots(loc, layout.slots);
  auto set = [&](unsigned position, Value value) {
    setSlot(loc, closure, position, value);
  };
  Value blocks;
  set(ClosureLayout::contextSlot, context);
  for (unsigned axis = 0; axis < layout.rank; ++axis) {
    Value size = sizeOf(sweep.type().getGrid().getValue(), axis);
    set(ClosureLayout::sizeSlot + axis, size);
    Value count = builder.create<arith::CeilDivUIOp>(
        loc, size, index(loc, function.blockCells[axis]));
    blocks = blocks ? builder.create<arith::MulIOp>(loc, blocks, count) : count;
  }
  set(layout.firstStepSlot(), index(loc, 0));
  set(layout.stepsSlot(), index(loc, 1));
  for (unsigned i = layout.firstCapture; i < sweep.getNumOperands(); ++i)
    set(layout.captureSlot(i), mapping.lookup(sweep.getOperand(i)));
  for (unsigned i : layout.foreign)
    for (unsigned axis = 0; axis < layout.rank; ++axis) {
      auto type = cast<FieldType>(sweep.getOperand(i).getType());
      set(layout.foreignSlot(i) + axis,
          sizeOf(type.getGrid().getValue(), axis));
    }
  return {function, layout, closure, blocks};
}

void Lowering::runBlocks(Location loc, const Call &prepared) {
  func::FuncOp function = prepared.function.function;
  Value body = builder.create<func::ConstantOp>(loc, function.getFunctionType(),
                                                function.getSymName());
  call(loc, "pde_parallel",
       {context, prepared.blocks, body, prepared.closure,
        index(loc, prepared.function.scratchBytes)});
}

/// Computes a sweep's results into new memory.
SmallVector<Value> Lowering::runSweep(SweepOp sweep) {
  Location loc = sweep.getLoc();
  SmallVector<Value> targets;
  for (Type type : sweep.getResultTypes())
    targets.push_back(buffers.take(cast<FieldType>(type)));
  Call prepared = prepareCall(sweep, Passes::One);
  setPointers(loc, prepared, prepared.layout.targetSlot(), targets);
  runBlocks(loc, prepared);
  return targets;
}

/// What a loop gives that ends with `made`, or, if it made no step, with the
/// first level, which may have another owner.
Value Lowering::firstLevelIfNoStep(Location loc, FieldType type, Value none,
                                   Value start, Value first, Value made) {
  auto choice = builder.create<scf::IfOp>(
      loc, none,
      [&](OpBuilder &, Location) {
        builder.create<LLVM::MemcpyOp>(loc, first, start, bytesOf(type), false);
        builder.create<scf::YieldOp>(loc, first);
      },
      [&](OpBuilder &, Location) { builder.create<scf::YieldOp>(loc, made); });
  return choice.getResult(0);
}

/// Blocks of steps: each reads the current levels and writes the levels that
/// many steps later to other memory.
void Lowering::lowerTiledSteps(StepsOp steps, SweepOp sweep) {
  Location loc = steps.getLoc();
  Call prepared = prepareCall(makeWholeStep(steps, sweep), Passes::Several);
  Value most = index(loc, prepared.function.maxSteps);
  unsigned states = steps.getInits().size();
  Value count = mapping.lookup(steps.getCount());

  // Levels: current, to be written, to be written after that. The last is the
  // first level's own memory if nobody needs it any more.
  SmallVector<Value> levels, firsts, seconds;
  for (Value init : steps.getInits()) {
    auto type = cast<FieldType>(init.getType());
    levels.push_back(mapping.lookup(init));
    firsts.push_back(buffers.take(type));
    if (mayTakeOver(steps, init)) {
      disown(init);
      seconds.push_back(levels.back());
    } else {
      seconds.push_back(buffers.take(type));
    }
  }
  SmallVector<Value> starts(levels);
  levels.append(firsts);
  levels.append(seconds);

  auto loop =
      builder.create<scf::ForOp>(loc, index(loc, 0), count, most, levels);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(loop.getBody());
    Value first = loop.getInductionVar();
    auto arguments = ValueRange(loop.getRegionIterArgs());
    Value left = builder.create<arith::SubIOp>(loc, count, first);
    Value now = builder.create<arith::MinSIOp>(loc, left, most);
    setSlot(loc, prepared.closure, prepared.layout.firstStepSlot(), first);
    setSlot(loc, prepared.closure, prepared.layout.stepsSlot(), now);
    auto targets = arguments.slice(states, states);
    setPointers(loc, prepared, prepared.layout.currentSlot(),
                arguments.take_front(states));
    setPointers(loc, prepared, prepared.layout.targetSlot(), targets);
    runBlocks(loc, prepared);
    if (steps.getEvolution())
      tellProgress(loc, builder.create<arith::AddIOp>(loc, first, now), count);
    SmallVector<Value> yields(targets);
    yields.append(arguments.begin() + 2 * states, arguments.end());
    yields.append(targets.begin(), targets.end());
    builder.create<scf::YieldOp>(loc, yields);
  }
  if (steps.getEvolution())
    countWork(steps, count);

  Value none = builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::sle,
                                             count, index(loc, 0));
  for (unsigned i = 0; i < states; ++i) {
    auto type = cast<FieldType>(steps.getInits()[i].getType());
    Value made = loop.getResult(i);
    if (seconds[i] != starts[i])
      made = firstLevelIfNoStep(loc, type, none, starts[i], firsts[i], made);
    Value isFirst = builder.create<LLVM::ICmpOp>(loc, LLVM::ICmpPredicate::eq,
                                                 made, firsts[i]);
    buffers.give(type, builder.create<arith::SelectOp>(loc, isFirst, seconds[i],
                                                       firsts[i]));
    mapping.map(steps.getResult(i), made);
  }
}

} // namespace pdec::kernel
