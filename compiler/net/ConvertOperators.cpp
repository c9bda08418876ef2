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
  SmallVector<Value> values;
  for (Value weight : op.getWeights())
    values.push_back(mapped(weight));
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

void Converter::convertApply(pde::ApplyOp op) {
  pde::GridOp grid = pde::gridOf(op, op.getField().getType());
  pde::FieldType rows = op.getResult().getType();
  SmallVector<Attribute> margins;
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    auto [first, last] = stencilOf(op).span(axis);
    margins.push_back(MarginAttr::get(
        builder.getContext(), rows.lowRows(axis) - first,
        continuation(grid.axis(axis).getLow()), rows.highRows(axis) + last,
        continuation(grid.axis(axis).getHigh())));
  }
  SmallVector<Value> values;
  for (Value outside : op.getOutside())
    values.push_back(mapped(outside));
  RankedTensorType type = tensorOf(rows);
  Value x = mapped(op.getField());
  if (!isEmpty(margins))
    x = builder.create<PadOp>(op.getLoc(), type, x,
                              builder.getArrayAttr(margins), values);
  mapping.map(
      op.getResult(),
      builder.create<ConvOp>(op.getLoc(), type, x, mapped(op.getStencil()), nullptr)
          .getResult());
}

void Converter::convertAdjoint(pde::AdjointOp op) {
  pde::FieldType rows = op.getField().getType();
  pde::GridOp grid = pde::gridOf(op, rows);
  MLIRContext *context = builder.getContext();
  Location loc = op.getLoc();
  SmallVector<Attribute> before, after;
  SmallVector<Value> zeros;
  Value zero;
  auto addZero = [&](Continuation kind) {
    if (kind != Continuation::Value)
      return;
    if (!zero)
      zero = builder.create<arith::ConstantOp>(loc, builder.getF64FloatAttr(0));
    zeros.push_back(zero);
  };
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    auto [first, last] = stencilOf(op).span(axis);
    int64_t low = rows.lowRows(axis), high = rows.highRows(axis);
    if (grid.axis(axis).getLow() == pde::Boundary::Periodic) {
      // Around the circle the transpose is a convolution again: continue p far
      // enough, and cut off the rest.
      before.push_back(MarginAttr::get(
          context, std::max<int64_t>(last, 0), Continuation::Wrap,
          std::max<int64_t>(-first, 0), Continuation::Wrap));
      int64_t reach = std::max<int64_t>(last, 0),
              back = std::max<int64_t>(-first, 0);
      after.push_back(MarginAttr::get(context, reach - first,
                                      Continuation::Value, back + last,
                                      Continuation::Value));
      continue;
    }
    // Zeros where the transpose would not reach the first or last cell.
    int64_t moreLow = std::max<int64_t>(0, first - low);
    int64_t moreHigh = std::max<int64_t>(0, -last - high);
    before.push_back(MarginAttr::get(context, moreLow, Continuation::Value,
                                     moreHigh, Continuation::Value));
    addZero(Continuation::Value);
    addZero(Continuation::Value);
    after.push_back(MarginAttr::get(
        context, low + moreLow - first, continuation(grid.axis(axis).getLow()),
        high + moreHigh + last, continuation(grid.axis(axis).getHigh())));
  }
  RankedTensorType type = tensorOf(op.getResult().getType());
  Value p = mapped(op.getField());
  if (!isEmpty(before))
    p = builder.create<PadOp>(loc, type, p, builder.getArrayAttr(before),
                              zeros);
  Value y =
      builder.create<ConvTransposeOp>(loc, type, p, mapped(op.getStencil()), nullptr);
  if (!isEmpty(after))
    y = builder.create<FoldOp>(loc, type, y, builder.getArrayAttr(after));
  mapping.map(op.getResult(), y);
}

} // namespace pdec::net
