//===- ReverseChannels.cpp - back through operators between lists ---------===//
//
// K leads back by K', K' by K, with the same array; the array's share is a
// correlation, through which the array itself and the fields lead back.
//
//===----------------------------------------------------------------------===//

#include "compiler/gradient/Reverse.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

SmallVector<Value> convolved(OpBuilder &builder, Operation *like, Value weights,
                             ValueRange fields, FieldType made, size_t count,
                             bool isBack) {
  auto shapeOf = [&](auto op) {
    auto convolve = builder.create<ConvolveOp>(
        op.getLoc(), SmallVector<Type>(count, made), isBack, weights,
        op.getIndices(), op.getExtents(), op.getFirst(), fields);
    return SmallVector<Value>(convolve.getResults());
  };
  if (auto convolve = dyn_cast<ConvolveOp>(like))
    return shapeOf(convolve);
  return shapeOf(cast<CorrelateOp>(like));
}

static FieldType typeOfAll(ValueRange fields) {
  return cast<FieldType>(fields[0].getType());
}

void Reverse::addAll(ValueRange of, ValueRange cotangents) {
  for (auto [one, cotangent] : llvm::zip(of, cotangents))
    add(one, cotangent);
}

bool Reverse::isAnyVaried(ValueRange values) const {
  return activity.isAnyVaried(values);
}

void Reverse::goBackConvolve(ConvolveOp op) {
  Location loc = op.getLoc();
  bool isReached = llvm::any_of(
      op.getResults(), [&](Value result) { return bool(cotangent(result)); });
  if (!isReached)
    return;
  SmallVector<Value> ps;
  for (Value result : op.getResults())
    ps.push_back(cotangentOrZero(result, loc));
  ValueRange fields = op.getFields();
  bool isBack = op.getTransposed();
  if (isAnyVaried(fields))
    addAll(fields, convolved(builder, op, op.getWeights(), ps,
                             typeOfAll(fields), fields.size(), !isBack));
  if (isVaried(op.getWeights()))
    add(op.getWeights(),
        builder.create<CorrelateOp>(
            loc, op.getWeights().getType(), isBack ? fields : ValueRange(ps),
            isBack ? ValueRange(ps) : fields, op.getIndices(), op.getExtents(),
            op.getFirst()));
}

void Reverse::goBackCorrelate(CorrelateOp op, Value p) {
  ValueRange factors = op.getFactors(), fields = op.getFields();
  if (isAnyVaried(factors))
    addAll(factors, convolved(builder, op, p, fields, typeOfAll(factors),
                              factors.size(), /*isBack=*/false));
  if (isAnyVaried(fields))
    addAll(fields, convolved(builder, op, p, factors, typeOfAll(fields),
                             fields.size(), /*isBack=*/true));
}

} // namespace pdec::gradient
