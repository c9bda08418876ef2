//===- ConvertTransfers.cpp - between grids: convolutions with strides ----===//
//
// Row 5 of the dictionary: restriction to a coarser grid is a convolution with
// strides; its transpose, prolongation, is the transposed convolution with the
// same weights and strides. Margins make up for what differs: the first and
// last cells that the taps reach, and a circle.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/Converter.h"
#include "compiler/net/Margins.h"

using namespace mlir;

namespace pdec::net {

void Converter::convertRestrict(pde::RestrictOp op) {
  pde::FieldType coarse = op.getResult().getType();
  SmallVector<TransferAxis> axes =
      transferAxes(pde::gridOf(op, coarse), op.getOperator());
  MLIRContext *context = builder.getContext();
  SmallVector<Attribute> margins;
  for (const TransferAxis &axis : axes)
    margins.push_back(restrictMargin(context, axis));
  Value x = padZeros(op.getLoc(), mapped(op.getField()), margins);
  mapping.map(op.getResult(), builder
                                  .create<ConvOp>(op.getLoc(), tensorOf(coarse),
                                                  x, mapped(op.getStencil()),
                                                  stridesOf(context, axes))
                                  .getResult());
}

void Converter::convertProlong(pde::ProlongOp op) {
  Location loc = op.getLoc();
  MLIRContext *context = builder.getContext();
  SmallVector<TransferAxis> axes =
      transferAxes(pde::gridOf(op, op.getField().getType()), op.getOperator());
  SmallVector<Attribute> before, cut;
  for (const TransferAxis &axis : axes) {
    TransposeMargins margins = prolongMargins(context, axis);
    before.push_back(margins.before);
    cut.push_back(margins.after);
  }
  Value e = padZeros(loc, mapped(op.getField()), before);
  Value y = builder.create<ConvTransposeOp>(
      loc, e.getType(), e, mapped(op.getStencil()), stridesOf(context, axes));
  mapping.map(op.getResult(), fold(loc, y, cut));
}

} // namespace pdec::net
