//===- LowerLoops.cpp - what loops on memory do on their own --------------===//

#include "compiler/kernel/Lowering.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

/// Lowers steps of which tiles take several at a time; false if these are none.
bool Lowering::lowerSteps(StepsOp steps) {
  auto call = dyn_cast<CallOp>(steps.getBody().front().front());
  if (!call || !call.getTile().takesSteps())
    return false;
  lowerTiledSteps(steps, call);
  return true;
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

void Lowering::keepPart(Location loc, Value reversal, unsigned part,
                        Value field, Value given) {
  call(loc, "pde_reversal_keep",
       {context, reversal, small(loc, part), given, bytesOf(loc, field)});
}

Value Lowering::restorePart(Location loc, Value reversal, unsigned part,
                            Value field, Value given) {
  call(loc, "pde_reversal_restore",
       {context, reversal, small(loc, part), given, bytesOf(loc, field)});
  return given;
}

} // namespace pdec::kernel
