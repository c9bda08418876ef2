//===- ForwardChannels.cpp - along operators between lists ----------------===//
//
// They are linear in the fields, and in the array.
//
//===----------------------------------------------------------------------===//

#include "compiler/gradient/Forward.h"
#include "compiler/gradient/Reverse.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

/// The tangents of a list; empty if it has none.
SmallVector<Value> Forward::tangentsOf(ValueRange list, Location loc) {
  SmallVector<Value> all;
  if (llvm::any_of(list, [&](Value one) { return bool(tangent(one)); }))
    for (Value one : list)
      all.push_back(tangentOrZero(one, loc));
  return all;
}

void Forward::goAlongConvolve(ConvolveOp op) {
  auto made = cast<FieldType>(op.getResults()[0].getType());
  auto addMade = [&](Value weights, ValueRange fields) {
    for (auto [result, part] :
         llvm::zip(op.getResults(),
                   convolved(builder, op, weights, fields, made,
                             op.getNumResults(), op.getTransposed())))
      add(result, part);
  };
  SmallVector<Value> ts = tangentsOf(op.getFields(), op.getLoc());
  if (!ts.empty())
    addMade(op.getWeights(), ts);
  if (Value t = tangent(op.getWeights()))
    addMade(t, op.getFields());
}

void Forward::goAlongCorrelate(CorrelateOp op) {
  Location loc = op.getLoc();
  auto addMade = [&](ValueRange factors, ValueRange fields) {
    if (!factors.empty() && !fields.empty())
      add(op.getResult(), builder.create<CorrelateOp>(
                              loc, op.getResult().getType(), factors, fields,
                              op.getIndices(), op.getExtents(), op.getFirst()));
  };
  addMade(tangentsOf(op.getFactors(), loc), op.getFields());
  addMade(op.getFactors(), tangentsOf(op.getFields(), loc));
}

} // namespace pdec::gradient
