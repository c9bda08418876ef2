//===- RaiseFixpoint.cpp - recurrent cells as loops with a condition ------===//

#include "compiler/net/Raiser.h"

using namespace mlir;

namespace pdec::net {

LogicalResult Raiser::raiseReduce(ReduceOp op) {
  SmallVector<Value> fields = mapped(op.getXs());
  mapping.map(op.getResult(),
              builder
                  .create<pde::ReduceOp>(op.getLoc(), builder.getF64Type(),
                                         op.getKindAttr(), fields)
                  .getResult());
  return success();
}

LogicalResult Raiser::raiseEntry(EntryOp op) {
  mapping.map(op.getResult(),
              builder
                  .create<pde::EntryOp>(
                      op.getLoc(), builder.getF64Type(), mapped(op.getX()),
                      mapped(op.getIndices()), op.getExtentsAttr())
                  .getResult());
  return success();
}

LogicalResult Raiser::raiseRecur(RecurOp op) {
  SmallVector<Value> inits = mapped(op.getInits());
  auto loop = builder.create<pde::FixpointOp>(
      op.getLoc(), ValueRange(inits).getTypes(), mapped(op.getMax()), inits,
      op.getLoopAttr(), op.getWhatAttr(), op.getMeasureAttr(), op.getLineAttr(),
      op.getAcceptAttr());
  OpBuilder::InsertionGuard guard(builder);
  if (failed(raiseLoop(op, loop)))
    return failure();
  auto until = cast<UntilOp>(op.getBody().front().getTerminator());
  builder.create<pde::UntilOp>(
      until.getLoc(), mapped(until.getDone()), mapped(until.getValue()),
      mapped(until.getBound()), mapped(until.getValues()));
  return success();
}

} // namespace pdec::net
