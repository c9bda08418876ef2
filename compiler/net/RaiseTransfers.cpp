//===- RaiseTransfers.cpp - convolutions with strides as transfers --------===//
//
// Row 5 of the dictionary, read from the right. The module has the grids; which
// of them a convolution with strides leads to follows from its strides and
// margins.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/Margins.h"
#include "compiler/net/Raiser.h"

using namespace mlir;

namespace pdec::net {

/// Whether a padded convolution restricts to a grid.
static bool leadsTo(pde::GridOp coarse, ConvOp op, PadOp pad,
                    pde::StencilOp taps) {
  SmallVector<TransferAxis> axes = transferAxes(coarse, taps);
  if (op.getStridesAttr() != stridesOf(op.getContext(), axes))
    return false;
  for (auto [axis, one] : llvm::enumerate(axes))
    if (!hasMargin(pad, axis, restrictMargin(op.getContext(), one)))
      return false;
  return true;
}

LogicalResult Raiser::raiseRestrict(ConvOp op) {
  auto [pad, tensor] = paddedAt(op.getX());
  pde::FieldType fine = typeOf(tensor);
  Value stencil = mapped(op.getWeights());
  auto taps = stencil.getDefiningOp<pde::StencilOp>();
  SmallVector<pde::GridOp> found;
  for (auto grid : module.getOps<pde::GridOp>())
    if (grid.getParentAttr() == fine.getGrid() && leadsTo(grid, op, pad, taps))
      found.push_back(grid);
  if (found.empty() || !isOfZeros(pad))
    return refuse(op, "no grid coarsens that of its tensor so");
  if (found.size() > 1)
    return refuse(op, "several grids coarsen that of its tensor so: '" +
                          found[0].getSymName() + "' and '" +
                          found[1].getSymName() + "'");
  auto name = FlatSymbolRefAttr::get(found.front().getSymNameAttr());
  auto coarse =
      pde::FieldType::get(op.getContext(), name, fine.getElement(), {}, {});
  mapping.map(
      op.getResult(),
      builder
          .create<pde::RestrictOp>(op.getLoc(), coarse, stencil, mapped(tensor))
          .getResult());
  return success();
}

LogicalResult Raiser::raiseProlong(ConvTransposeOp op, FoldOp fold) {
  auto [pad, tensor] = paddedAt(op.getX());
  pde::FieldType coarse = typeOf(tensor);
  pde::GridOp grid = gridNamed(coarse.getGrid());
  if (!grid.getParentAttr())
    return refuse(op, "its tensor is on a grid that coarsens no other");
  Value stencil = mapped(op.getWeights());
  SmallVector<TransferAxis> axes =
      transferAxes(grid, stencil.getDefiningOp<pde::StencilOp>());
  bool isTranspose =
      isOfZeros(pad) && op.getStridesAttr() == stridesOf(op.getContext(), axes);
  for (auto [axis, one] : llvm::enumerate(axes)) {
    TransposeMargins margins = prolongMargins(op.getContext(), one);
    isTranspose = isTranspose && hasMargin(pad, axis, margins.before) &&
                  hasMargin(fold, axis, margins.after);
  }
  if (!isTranspose)
    return refuse(op, "with its margins it is no transpose of a restriction");
  auto fine = pde::FieldType::get(op.getContext(), grid.getParentAttr(),
                                  coarse.getElement(), {}, {});
  Value result = fold ? fold.getResult() : op.getResult();
  mapping.map(
      result,
      builder.create<pde::ProlongOp>(op.getLoc(), fine, stencil, mapped(tensor))
          .getResult());
  return success();
}

} // namespace pdec::net
