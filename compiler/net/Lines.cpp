//===- Lines.cpp - layers along an axis, whole ----------------------------===//
//
// The same operation on either way; only a tensor does not know to how many
// cells one is spread.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/Converter.h"
#include "compiler/net/LayerLowering.h"
#include "compiler/net/Raiser.h"

#include "mlir/IR/Builders.h"

using namespace mlir;

#define GET_OP_CLASSES
#include "compiler/net/NetAlong.cpp.inc"

namespace pdec::net {

LogicalResult AlongOp::verify() {
  if (int64_t(getAxis()) < 0 ||
      int64_t(getAxis()) >= getX().getType().getRank())
    return emitOpError("names an axis that its tensor lacks");
  if ((getKind() == pde::AlongKind::Spread) != bool(getSize()))
    return emitOpError("needs a size where, and only where, it spreads");
  return success();
}

void Converter::convertAlong(pde::AlongOp op) {
  pde::FieldType made = op.getResult().getType();
  Value size;
  if (op.getKind() == pde::AlongKind::Spread)
    size = builder.create<pde::SizeOp>(op.getLoc(), builder.getI64Type(),
                                       made.getGrid(), op.getAxisAttr());
  mapping.map(op.getResult(),
              builder
                  .create<AlongOp>(op.getLoc(), tensorOf(made), op.getKind(),
                                   mapped(op.getField()), op.getAxis(), size)
                  .getResult());
}

/// The grid follows from that of what is read.
LogicalResult Raiser::raiseAlong(AlongOp op) {
  pde::FieldType from = typeOf(op.getX());
  if (from.hasExtraRows())
    return refuse(op, "its tensor has more rows than its grid has cells");
  pde::GridOp grid =
      pde::gridAlong(op.getKind(), gridNamed(from.getGrid()), op.getAxis());
  if (!grid)
    return refuse(op, "no grid is that of its tensor, but for this axis");
  auto made = pde::FieldType::get(op.getContext(), FlatSymbolRefAttr::get(grid),
                                  from.getElement(), {}, {});
  mapping.map(op.getResult(),
              builder
                  .create<pde::AlongOp>(op.getLoc(), made, op.getKind(),
                                        mapped(op.getX()), op.getAxis())
                  .getResult());
  return success();
}

Value LayerLowering::lowerAlong(AlongOp op) {
  Location loc = op.getLoc();
  Value size =
      op.getSize() ? mapping.lookup(op.getSize()) : index(loc, int64_t(1));
  return call(loc, "pde_layer_along",
              {context, mapping.lookup(op.getX()),
               small(loc, int32_t(op.getKind())), small(loc, op.getAxis()),
               size});
}

} // namespace pdec::net
