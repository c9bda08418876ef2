//===- Margins.cpp - what surrounds convolutions of a scheme --------------===//

#include "compiler/net/Margins.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;

namespace pdec::net {

//===----------------------------------------------------------------------===//
// Adjoints
//===----------------------------------------------------------------------===//

/// Around a circle the transpose is a convolution again: p is continued far
/// enough, and the rest cut off.
static TransposeMargins circleMargins(MLIRContext *context, int64_t first,
                                      int64_t last) {
  int64_t reach = std::max<int64_t>(last, 0);
  int64_t back = std::max<int64_t>(-first, 0);
  return {MarginAttr::get(context, reach, Continuation::Periodic, back,
                          Continuation::Periodic),
          MarginAttr::get(context, reach - first, Continuation::Dirichlet,
                          back + last, Continuation::Dirichlet)};
}

/// Zeros where the transpose would not reach the first or last row of the
/// result, and what then lies beyond them: no more than the taps reach from p's
/// rows.
static TransposeMargins sideMargins(pde::SidesAttr sides, int64_t first,
                                    int64_t last, pde::Reach argument,
                                    pde::Reach result) {
  MLIRContext *context = sides.getContext();
  int64_t low = argument.low - first - result.low;
  int64_t high = argument.high + last - result.high;
  int64_t moreLow = std::max<int64_t>(0, -low);
  int64_t moreHigh = std::max<int64_t>(0, -high);
  return {MarginAttr::get(context, moreLow, Continuation::Dirichlet, moreHigh,
                          Continuation::Dirichlet),
          MarginAttr::get(context, low + moreLow, sides.getLow(),
                          high + moreHigh, sides.getHigh())};
}

TransposeMargins adjointMargins(pde::SidesAttr sides, int64_t first,
                                int64_t last, pde::Reach argument,
                                pde::Reach result) {
  return sides.getLow() == Continuation::Periodic
             ? circleMargins(sides.getContext(), first, last)
             : sideMargins(sides, first, last, argument, result);
}

//===----------------------------------------------------------------------===//
// Channels
//===----------------------------------------------------------------------===//

ChannelMargins channelMargins(pde::GridOp grid, const pde::ChannelShape &shape,
                              bool isBack) {
  MLIRContext *context = grid.getContext();
  auto periodic = Continuation::Periodic;
  auto margin = [&](int64_t low, int64_t high, Continuation kind) {
    return MarginAttr::get(context, low, kind, high, kind);
  };
  ChannelMargins result;
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    int64_t first = shape.first[axis], last = shape.last(axis);
    if (grid.axis(axis).getLow() != periodic) {
      result.before.push_back(margin(0, 0, Continuation::Reflecting));
      result.after.push_back(margin(0, 0, Continuation::Dirichlet));
      continue;
    }
    result.isAny |= first != 0 || last != 0;
    result.before.push_back(isBack ? margin(last, -first, periodic)
                                   : margin(-first, last, periodic));
    result.after.push_back(
        margin(last - first, last - first, Continuation::Dirichlet));
  }
  return result;
}

//===----------------------------------------------------------------------===//
// Transfers
//===----------------------------------------------------------------------===//

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

SmallVector<TransferAxis> transferAxes(pde::GridOp coarse,
                                       pde::StencilOp stencil) {
  SmallVector<TransferAxis> axes;
  for (unsigned axis = 0; axis < coarse.rank(); ++axis)
    axes.push_back(transferAxis(coarse, stencil, axis));
  return axes;
}

DenseI64ArrayAttr stridesOf(MLIRContext *context, ArrayRef<TransferAxis> axes) {
  return DenseI64ArrayAttr::get(
      context, llvm::map_to_vector(
                   axes, [](const TransferAxis &axis) { return axis.stride; }));
}

MarginAttr restrictMargin(MLIRContext *context, const TransferAxis &axis) {
  return MarginAttr::get(context, -axis.first, axis.kind(), axis.beyondLast(),
                         axis.kind());
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

TransposeMargins prolongMargins(MLIRContext *context,
                                const TransferAxis &axis) {
  auto [low, high] = moreCells(axis);
  return {MarginAttr::get(context, low, axis.kind(), high, axis.kind()),
          MarginAttr::get(
              context, axis.stride * low - axis.first, Continuation::Dirichlet,
              axis.stride * high + axis.beyondLast(), Continuation::Dirichlet)};
}

} // namespace pdec::net
