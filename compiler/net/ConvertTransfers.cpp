//===- ConvertTransfers.cpp - between grids: convolutions with strides ----===//
//
// Row 5 of the dictionary: restriction to a coarser grid is a convolution with
// strides; its transpose, prolongation, is the transposed convolution with the
// same weights and strides. Margins make up for what differs: the first and
// last cells that the taps reach, and a circle.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/Converter.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace pdec::net {

namespace {

/// One axis of a transfer. Of n coarse cells, cell i lies at stride*i of the
/// finer grid's stride*n + rest cells.
struct TransferAxis {
  int64_t first, last; ///< offsets of the taps
  int64_t stride, rest;
  bool isPeriodic;

  Continuation kind() const {
    return isPeriodic ? Continuation::Periodic : Continuation::Dirichlet;
  }
  /// How far the taps of the last coarse cell reach beyond the finer grid.
  int64_t beyondLast() const { return last - stride - rest + 1; }
};

} // namespace

static TransferAxis transferAxis(pde::GridOp coarse, pde::StencilOp stencil,
                                 unsigned axis) {
  pde::AxisAttr one = coarse.axis(axis);
  bool isPeriodic = one.getLow() == pde::Boundary::Periodic;
  auto [first, last] = stencil.span(axis);
  switch (one.getCoarsening()) {
  case pde::Coarsening::Vertex:
    return {first, last, 2, 1, isPeriodic};
  case pde::Coarsening::Cell:
    return {first, last, 2, 0, isPeriodic};
  case pde::Coarsening::Same:
    return {first, last, 1, 0, isPeriodic};
  }
  llvm_unreachable("a coarsening");
}

static SmallVector<TransferAxis> transferAxes(pde::GridOp coarse,
                                              Value stencil) {
  SmallVector<TransferAxis> axes;
  for (unsigned axis = 0; axis < coarse.rank(); ++axis)
    axes.push_back(
        transferAxis(coarse, stencil.getDefiningOp<pde::StencilOp>(), axis));
  return axes;
}

static DenseI64ArrayAttr stridesOf(MLIRContext *context,
                                   ArrayRef<TransferAxis> axes) {
  return DenseI64ArrayAttr::get(
      context, llvm::map_to_vector(
                   axes, [](const TransferAxis &axis) { return axis.stride; }));
}

void Converter::convertRestrict(pde::RestrictOp op) {
  pde::FieldType coarse = op.getResult().getType();
  SmallVector<TransferAxis> axes =
      transferAxes(pde::gridOf(op, coarse), op.getStencil());
  SmallVector<Attribute> margins;
  for (const TransferAxis &axis : axes)
    margins.push_back(MarginAttr::get(builder.getContext(), -axis.first,
                                      axis.kind(), axis.beyondLast(),
                                      axis.kind()));
  Value x = padZeros(op.getLoc(), mapped(op.getField()), margins);
  mapping.map(op.getResult(),
              builder
                  .create<ConvOp>(op.getLoc(), tensorOf(coarse), x,
                                  mapped(op.getStencil()),
                                  stridesOf(builder.getContext(), axes))
                  .getResult());
}

/// The coarse cells that a prolongation needs before the first and after the
/// last one: on a circle all that its taps read, elsewhere those without which
/// the transpose would not reach the first and last cell of the finer grid.
static std::pair<int64_t, int64_t> moreCells(const TransferAxis &axis) {
  int64_t low = llvm::divideCeilSigned(axis.first, axis.stride);
  int64_t high = llvm::divideCeilSigned(-axis.beyondLast(), axis.stride);
  if (axis.isPeriodic) {
    int64_t end = axis.stride + axis.rest - 1 - axis.first;
    low = std::max(low, llvm::divideFloorSigned(axis.last, axis.stride));
    high = std::max(high, llvm::divideFloorSigned(end, axis.stride));
  }
  return {std::max<int64_t>(low, 0), std::max<int64_t>(high, 0)};
}

void Converter::convertProlong(pde::ProlongOp op) {
  Location loc = op.getLoc();
  MLIRContext *context = builder.getContext();
  SmallVector<TransferAxis> axes =
      transferAxes(pde::gridOf(op, op.getField().getType()), op.getStencil());
  SmallVector<Attribute> before, cut;
  for (const TransferAxis &axis : axes) {
    auto [low, high] = moreCells(axis);
    before.push_back(
        MarginAttr::get(context, low, axis.kind(), high, axis.kind()));
    cut.push_back(MarginAttr::get(
        context, axis.stride * low - axis.first, Continuation::Dirichlet,
        axis.stride * high + axis.beyondLast(), Continuation::Dirichlet));
  }
  Value e = padZeros(loc, mapped(op.getField()), before);
  Value y = builder.create<ConvTransposeOp>(
      loc, e.getType(), e, mapped(op.getStencil()), stridesOf(context, axes));
  mapping.map(op.getResult(), fold(loc, y, cut));
}

} // namespace pdec::net
