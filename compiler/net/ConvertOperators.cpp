//===- ConvertOperators.cpp - operators as convolutions -------------------===//
//
// Row 1 of the dictionary: K is a convolution of the padded tensor; K' is the
// transposed convolution with the same weights, and what it spills over the
// sides is folded back to the cells that pad copied (math.md: the same padding
// around a transposed convolution would not be the adjoint).
//
//===----------------------------------------------------------------------===//

#include "compiler/net/Converter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace pdec::net {

static Continuation continuation(pde::Boundary boundary) {
  switch (boundary) {
  case pde::Boundary::Reflecting:
    return Continuation::Reflect;
  case pde::Boundary::Neumann:
    return Continuation::Slope;
  case pde::Boundary::Periodic:
    return Continuation::Wrap;
  case pde::Boundary::Dirichlet:
    return Continuation::Value;
  }
  llvm_unreachable("a boundary");
}

static pde::StencilOp stencilOf(Operation *application) {
  return application->getOperand(0).getDefiningOp<pde::StencilOp>();
}

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

/// True if margins add nothing on any axis.
static bool isEmpty(ArrayRef<Attribute> margins) {
  return llvm::all_of(margins, [](Attribute margin) {
    return cast<MarginAttr>(margin).getLow() == 0 &&
           cast<MarginAttr>(margin).getHigh() == 0;
  });
}

/// A pad, or x itself where there is nothing to pad.
Value Converter::pad(Location loc, Value x, ArrayRef<Attribute> margins,
                     ValueRange values) {
  if (isEmpty(margins))
    return x;
  return builder.create<PadOp>(loc, x.getType(), x,
                               builder.getArrayAttr(margins), values);
}

/// A pad whose value sides are zeros.
Value Converter::padZeros(Location loc, Value x, ArrayRef<Attribute> margins) {
  if (isEmpty(margins))
    return x;
  unsigned sides = 0;
  for (Attribute attr : margins) {
    auto margin = cast<MarginAttr>(attr);
    sides += (margin.getLowKind() == Continuation::Value) +
             (margin.getHighKind() == Continuation::Value);
  }
  SmallVector<Value> zeros;
  if (sides)
    zeros.assign(sides, builder.create<arith::ConstantOp>(
                            loc, builder.getF64FloatAttr(0)));
  return pad(loc, x, margins, zeros);
}

Value Converter::fold(Location loc, Value x, ArrayRef<Attribute> margins) {
  if (isEmpty(margins))
    return x;
  return builder.create<FoldOp>(loc, x.getType(), x,
                                builder.getArrayAttr(margins));
}

void Converter::convertApply(pde::ApplyOp op) {
  pde::GridOp grid = pde::gridOf(op, op.getField().getType());
  pde::FieldType rows = op.getResult().getType();
  SmallVector<Attribute> margins;
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    // As far as the taps reach from the first and last row of the result.
    auto [first, last] = stencilOf(op).span(axis);
    margins.push_back(MarginAttr::get(
        builder.getContext(), rows.lowRows(axis) - first,
        continuation(grid.axis(axis).getLow()), rows.highRows(axis) + last,
        continuation(grid.axis(axis).getHigh())));
  }
  Value x =
      pad(op.getLoc(), mapped(op.getField()), margins, mapped(op.getOutside()));
  mapping.map(op.getResult(),
              builder
                  .create<ConvOp>(op.getLoc(), tensorOf(rows), x,
                                  mapped(op.getStencil()), nullptr)
                  .getResult());
}

/// What an adjoint does with the margin at a side. A slope is a constant: the
/// transpose of the linear part mirrors.
static Continuation transposed(pde::Boundary boundary) {
  Continuation kind = continuation(boundary);
  return kind == Continuation::Slope ? Continuation::Reflect : kind;
}

namespace {
struct AdjointMargins {
  MarginAttr before, after;
};
} // namespace

/// Around a circle the transpose is a convolution again: p is continued far
/// enough, and the rest cut off.
static AdjointMargins circleMargins(MLIRContext *context, int64_t first,
                                    int64_t last) {
  int64_t reach = std::max<int64_t>(last, 0);
  int64_t back = std::max<int64_t>(-first, 0);
  return {MarginAttr::get(context, reach, Continuation::Wrap, back,
                          Continuation::Wrap),
          MarginAttr::get(context, reach - first, Continuation::Value,
                          back + last, Continuation::Value)};
}

/// Zeros where the transpose would not reach the first or last cell, and what
/// then lies beyond them: no more than the taps reach from p's rows.
static AdjointMargins sideMargins(pde::AxisAttr axis, int64_t first,
                                  int64_t last, int64_t low, int64_t high) {
  MLIRContext *context = axis.getContext();
  int64_t moreLow = std::max<int64_t>(0, first - low);
  int64_t moreHigh = std::max<int64_t>(0, -last - high);
  return {MarginAttr::get(context, moreLow, Continuation::Value, moreHigh,
                          Continuation::Value),
          MarginAttr::get(context, low + moreLow - first,
                          transposed(axis.getLow()), high + moreHigh + last,
                          transposed(axis.getHigh()))};
}

void Converter::convertAdjoint(pde::AdjointOp op) {
  pde::FieldType rows = op.getField().getType();
  pde::GridOp grid = pde::gridOf(op, rows);
  Location loc = op.getLoc();
  SmallVector<Attribute> before, after;
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    auto [first, last] = stencilOf(op).span(axis);
    pde::AxisAttr one = grid.axis(axis);
    AdjointMargins margins =
        one.getLow() == pde::Boundary::Periodic
            ? circleMargins(builder.getContext(), first, last)
            : sideMargins(one, first, last, rows.lowRows(axis),
                          rows.highRows(axis));
    before.push_back(margins.before);
    after.push_back(margins.after);
  }
  Value p = padZeros(loc, mapped(op.getField()), before);
  Value y = builder.create<ConvTransposeOp>(loc, p.getType(), p,
                                            mapped(op.getStencil()), nullptr);
  mapping.map(op.getResult(), fold(loc, y, after));
}

} // namespace pdec::net
