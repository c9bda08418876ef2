//===- RaiseSteps.cpp - repeated blocks as steps --------------------------===//

#include "compiler/net/OpenLoop.h"
#include "compiler/net/Raiser.h"

using namespace mlir;

namespace pdec::net {

/// Raises the body of a loop, up to what it hands to its next pass, and maps
/// the loop's results. The builder is left at the body's end.
LogicalResult Raiser::raiseLoop(Operation *from, Operation *to) {
  return raiseBlock(openLoop(builder, mapping, from, to));
}

LogicalResult Raiser::raiseRepeat(RepeatOp op) {
  SmallVector<Value> inits = mapped(op.getInits());
  auto steps = builder.create<pde::StepsOp>(
      op.getLoc(), ValueRange(inits).getTypes(), mapped(op.getCount()), inits,
      op.getEvolution());
  OpBuilder::InsertionGuard guard(builder);
  if (failed(raiseLoop(op, steps)))
    return failure();
  builder.create<pde::YieldOp>(
      op.getLoc(), mapped(op.getBody().front().getTerminator()->getOperands()));
  return success();
}

} // namespace pdec::net
