//===- LowerLoops.cpp - what loops on memory do on their own --------------===//

#include "compiler/kernel/Lowering.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

/// The only sweep of a loop on a grid of one axis whose body is nothing but
/// scalars and this sweep, which makes all new levels: such a loop can advance
/// several steps a tile.
static SweepOp onlySweep(StepsOp steps) {
  Block &body = steps.getBody().front();
  SweepOp only;
  for (Operation &op : body.without_terminator()) {
    if (isa<ReduceOp>(op))
      return {};
    if (op.getNumRegions() == 0)
      continue;
    if (only || !isa<SweepOp>(op))
      return {};
    only = cast<SweepOp>(op);
  }
  if (!only || gridOf(steps, only.type()).rank() > 1)
    return {};
  ValueRange yields = body.getTerminator()->getOperands();
  return yields == ValueRange(only.getResults()) ? only : SweepOp();
}

/// Lowers steps whose tiles advance several at a time; false if these do not.
bool Lowering::lowerSteps(StepsOp steps) {
  SweepOp only = onlySweep(steps);
  if (only)
    lowerTiledSteps(steps, only);
  return bool(only);
}

/// Each step reads and writes each level once.
void Lowering::countWork(Operation *evolution, Value count) {
  SmallVector<FieldType> types;
  for (Type type : evolution->getResultTypes())
    if (auto field = dyn_cast<FieldType>(type))
      types.push_back(field);
  if (types.empty())
    return;
  Location loc = evolution->getLoc();
  Value times = builder.create<arith::MaxSIOp>(loc, count, index(loc, 0));
  Value points =
      builder.create<arith::MulIOp>(loc, cellsOf(types.front()), times);
  int64_t bytes = types.front().getElement().getIntOrFloatBitWidth() / 8;
  Value moved = builder.create<arith::MulIOp>(
      loc, points, index(loc, 2 * types.size() * bytes));
  call(loc, "pde_count_work", {context, points, moved});
}

} // namespace pdec::kernel
