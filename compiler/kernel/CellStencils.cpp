//===- CellStencils.cpp - code for one cell: sums, the interior -----------===//

#include "compiler/kernel/CellEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

//===----------------------------------------------------------------------===//
// Weighted sums
//===----------------------------------------------------------------------===//

std::vector<CellEmitter::Tap> CellEmitter::tapsOf(StencilOp stencil) {
  std::vector<Tap> taps;
  for (auto [m, weight] : llvm::enumerate(stencil.getWeights())) {
    Tap tap{weight, constantOf(weight), {}};
    for (unsigned axis = 0; axis < rank(); ++axis)
      tap.offset.push_back(stencil.offset(m, axis));
    taps.push_back(tap);
  }
  return taps;
}

/// A tap's term, to be added or subtracted: weights of 1 and -1 form no
/// product.
Value CellEmitter::weighted(const Tap &tap, Value value, bool &subtracts) {
  subtracts = tap.constant == -1.0;
  if (subtracts || tap.constant == 1.0)
    return value;
  Value weight = spreadLike(rounded(scalar(tap.weight)), value);
  return builder.create<arith::MulFOp>(loc, weight, value);
}

/// The sum over the taps in this order, starting with the first product.
Value CellEmitter::weightedSum(ArrayRef<Tap> taps,
                               function_ref<Value(ArrayRef<int64_t>)> read) {
  Value sum;
  for (const Tap &tap : taps) {
    bool subtracts;
    Value term = weighted(tap, read(tap.offset), subtracts);
    if (!sum)
      sum = subtracts ? Value(builder.create<arith::NegFOp>(loc, term)) : term;
    else if (subtracts)
      sum = builder.create<arith::SubFOp>(loc, sum, term);
    else
      sum = builder.create<arith::AddFOp>(loc, sum, term);
  }
  return sum;
}

Value CellEmitter::scaled(StencilOp stencil, Value sum) {
  if (!stencil.getScale())
    return sum;
  Value scale = spreadLike(rounded(scalar(stencil.getScale())), sum);
  return builder.create<arith::MulFOp>(loc, sum, scale);
}

//===----------------------------------------------------------------------===//
// The interior
//===----------------------------------------------------------------------===//

Value CellEmitter::interior(Value value, const Position &cell,
                            ArrayRef<int64_t> offset) {
  current = cell;
  isInside = true;
  return read(value, offset);
}

Value CellEmitter::read(Value value, ArrayRef<int64_t> offset) {
  std::pair<void *, std::vector<int64_t>> key{value.getAsOpaquePointer(),
                                              offset.vec()};
  if (Value made = known.atOffset[key])
    return made;
  Value made = context.fields.count(value)
                   ? load(value, shifted(current, offset))
                   : define(value, offset);
  if (auto vector = made.getDefiningOp<LLVM::LoadOp>();
      vector && width > 1 && context.fields.count(value))
    reads.push_back({value, Offset(offset), vector});
  return known.atOffset[key] = made;
}

Value CellEmitter::define(Value value, ArrayRef<int64_t> offset) {
  Operation *op = value.getDefiningOp();
  loc = op->getLoc();
  if (auto mapOp = dyn_cast<MapOp>(op)) {
    SmallVector<Value> arguments;
    for (Value field : mapOp.getFields())
      arguments.push_back(read(field, offset));
    loc = op->getLoc();
    return map(mapOp, arguments);
  }
  if (auto coordinateOp = dyn_cast<CoordinateOp>(op))
    return coordinate(coordinateOp, shifted(current, offset));
  if (auto noiseOp = dyn_cast<NoiseOp>(op))
    return noise(noiseOp, shifted(current, offset));
  if (auto field = cast<FieldOpInterface>(op); field.isTransfer())
    return transferred(field, current, offset);
  return applyInside(cast<SidedOpInterface>(op), offset);
}

/// An apply, or an adjoint, where no side is near.
Value CellEmitter::applyInside(SidedOpInterface op, ArrayRef<int64_t> offset) {
  std::vector<Tap> taps = tapsOf(op.getOperator());
  int64_t sign = 1;
  if (isa<AdjointOp>(op)) {
    std::reverse(taps.begin(), taps.end());
    sign = -1;
  }
  Value sum = weightedSum(taps, [&](ArrayRef<int64_t> tap) {
    Offset there;
    for (auto [here, distance] : llvm::zip(offset, tap))
      there.push_back(here + sign * distance);
    Value value = read(op->getOperand(1), there);
    loc = op->getLoc();
    return value;
  });
  return scaled(op.getOperator(), sum);
}

} // namespace pdec::kernel
