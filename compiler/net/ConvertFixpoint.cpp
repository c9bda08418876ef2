//===- ConvertFixpoint.cpp - loops with a condition as recurrent cells ----===//
//
// Row 4 of the dictionary: an iteration that ends by a condition is a recurrent
// cell. It carries its state from pass to pass and reads what is fixed, such as
// a right hand side, anew in each. What its condition measures are numbers of
// whole tensors.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/Converter.h"

using namespace mlir;

namespace pdec::net {

void Converter::convertReduce(pde::ReduceOp op) {
  SmallVector<Value> xs = mapped(op.getFields());
  auto made = builder.create<ReduceOp>(op.getLoc(), builder.getF64Type(),
                                       op.getKindAttr(), xs);
  mapping.map(op.getResult(), made.getResult());
}

void Converter::convertEntry(pde::EntryOp op) {
  auto made = builder.create<EntryOp>(
      op.getLoc(), builder.getF64Type(), mapped(op.getArray()),
      mapped(op.getIndices()), op.getExtentsAttr());
  mapping.map(op.getResult(), made.getResult());
}

void Converter::convertFixpoint(pde::FixpointOp op) {
  SmallVector<Value> inits = mapped(op.getInits());
  auto cell = builder.create<RecurOp>(
      op.getLoc(), ValueRange(inits).getTypes(), mapped(op.getMax()), inits,
      op.getLoopAttr(), op.getWhatAttr(), op.getMeasureAttr(), op.getLineAttr(),
      op.getAcceptAttr());
  OpBuilder::InsertionGuard guard(builder);
  convertLoop(op, cell);
  auto until = cast<pde::UntilOp>(op.getBody().front().getTerminator());
  builder.create<UntilOp>(until.getLoc(), mapped(until.getDone()),
                          mapped(until.getValue()), mapped(until.getBound()),
                          mapped(until.getValues()));
}

} // namespace pdec::net
