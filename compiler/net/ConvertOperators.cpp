//===- ConvertOperators.cpp - operators as convolutions -------------------===//
//
// Row 1 of the dictionary: K is a convolution of the padded tensor; K' is the
// transposed convolution with the same weights, and what it spills over the
// sides is folded back to the cells that pad copied (math.md: the same padding
// around a transposed convolution would not be the adjoint).
//
//===----------------------------------------------------------------------===//

#include "compiler/net/Converter.h"
#include "compiler/net/Margins.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace pdec::net {

void Converter::convertStencil(pde::StencilOp op) {
  SmallVector<Value> values = mapped(op.getWeights());
  Value scale = op.getScale() ? mapped(op.getScale()) : Value();
  unsigned rank = op.getStencil().getType().getRank();
  mapping.map(op.getStencil(),
              builder
                  .create<WeightsOp>(
                      op.getLoc(), WeightsType::get(builder.getContext(), rank),
                      op.getOffsets(), values, scale)
                  .getResult());
}

/// A pad; x itself where there is nothing to pad.
Value Converter::pad(Location loc, Value x, ArrayRef<Attribute> margins,
                     ValueRange values, ArrayAttr rows) {
  return builder.createOrFold<PadOp>(
      loc, x.getType(), x, builder.getArrayAttr(margins), values, rows);
}

/// A pad whose dirichlet sides are zeros.
Value Converter::padZeros(Location loc, Value x, ArrayRef<Attribute> margins) {
  // No zeros for nothing.
  auto isEmpty = [](Attribute margin) {
    return cast<MarginAttr>(margin).isEmpty();
  };
  if (llvm::all_of(margins, isEmpty))
    return x;
  unsigned sides = 0;
  for (Attribute attr : margins) {
    auto margin = cast<MarginAttr>(attr);
    sides += (margin.getLowKind() == Continuation::Dirichlet) +
             (margin.getHighKind() == Continuation::Dirichlet);
  }
  SmallVector<Value> zeros;
  if (sides)
    zeros.assign(sides, builder.create<arith::ConstantOp>(
                            loc, builder.getF64FloatAttr(0)));
  return pad(loc, x, margins, zeros);
}

Value Converter::fold(Location loc, Value x, ArrayRef<Attribute> margins,
                      ValueRange weights) {
  return builder.createOrFold<FoldOp>(loc, x.getType(), x,
                                      builder.getArrayAttr(margins), weights);
}

/// How many cells more than x the tensors have that an apply is given for its
/// sides; null: none.
static ArrayAttr rowsOfValues(pde::ApplyOp op) {
  pde::FieldType x = op.getField().getType();
  unsigned rank = op.getStencil().getType().getRank();
  SmallVector<Attribute> all;
  bool isAny = false;
  for (Value value : op.getOutside()) {
    auto type = dyn_cast<pde::FieldType>(value.getType());
    if (!type)
      continue;
    SmallVector<int64_t> rows;
    for (unsigned axis = 0; axis < rank; ++axis) {
      rows.push_back(type.lowRows(axis) - x.lowRows(axis));
      rows.push_back(type.highRows(axis) - x.highRows(axis));
    }
    isAny |= llvm::any_of(rows, [](int64_t count) { return count != 0; });
    all.push_back(DenseI64ArrayAttr::get(op.getContext(), rows));
  }
  return isAny ? ArrayAttr::get(op.getContext(), all) : ArrayAttr();
}

void Converter::convertApply(pde::ApplyOp op) {
  pde::FieldType rows = op.getResult().getType();
  pde::FieldType given = op.getField().getType();
  SmallVector<Attribute> margins;
  for (auto [axis, sides] : llvm::enumerate(pde::sidesOf(op))) {
    // As far as the taps reach from the first and last row of the result.
    auto [first, last] = op.getOperator().span(axis);
    margins.push_back(MarginAttr::get(
        builder.getContext(), rows.lowRows(axis) - first - given.lowRows(axis),
        sides.getLow(), rows.highRows(axis) + last - given.highRows(axis),
        sides.getHigh()));
  }
  Value x = pad(op.getLoc(), mapped(op.getField()), margins,
                mapped(op.getOutside()), rowsOfValues(op));
  mapping.map(op.getResult(),
              builder
                  .create<ConvOp>(op.getLoc(), tensorOf(rows), x,
                                  mapped(op.getStencil()), nullptr)
                  .getResult());
}

void Converter::convertAdjoint(pde::AdjointOp op) {
  pde::FieldType rows = op.getField().getType();
  pde::FieldType made = op.getResult().getType();
  Location loc = op.getLoc();
  SmallVector<Attribute> before, after;
  for (auto [axis, sides] : llvm::enumerate(pde::sidesOf(op))) {
    auto [first, last] = op.getOperator().span(axis);
    TransposeMargins margins = adjointMargins(
        sides, first, last, {rows.lowRows(axis), rows.highRows(axis)},
        {made.lowRows(axis), made.highRows(axis)});
    before.push_back(margins.before);
    after.push_back(margins.after);
  }
  Value p = padZeros(loc, mapped(op.getField()), before);
  Value y = builder.create<ConvTransposeOp>(loc, p.getType(), p,
                                            mapped(op.getStencil()), nullptr);
  mapping.map(op.getResult(), fold(loc, y, after, mapped(op.getWeights())));
}

} // namespace pdec::net
