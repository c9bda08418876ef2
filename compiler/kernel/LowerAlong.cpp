//===- LowerAlong.cpp - lines along an axis as calls ----------------------===//
//
// Whole lines are gone along by the runtime, over the field by itself.
//
//===----------------------------------------------------------------------===//

#include "compiler/kernel/Lowering.h"
#include "runtime/pde_runtime.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

static_assert(int(AlongKind::Sum) == PDE_ALONG_SUM &&
              int(AlongKind::Min) == PDE_ALONG_MIN &&
              int(AlongKind::Max) == PDE_ALONG_MAX &&
              int(AlongKind::Cumulate) == PDE_CUMULATE &&
              int(AlongKind::CumulateBack) == PDE_CUMULATE_BACK &&
              int(AlongKind::Spread) == PDE_ALONG_SPREAD);

void Lowering::lowerAlong(AlongOp op) {
  Location loc = op.getLoc();
  FieldType made = op.getResult().getType();
  // Of the grid that has all cells of the lines.
  bool isSpread = op.getKind() == AlongKind::Spread;
  GridOp grid = gridOf(op, isSpread ? made : op.getField().getType());
  Value before = index(loc, 1), length, after = index(loc, 1);
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    Value size = sizeOf(grid.getSymName(), axis);
    if (axis == op.getAxis())
      length = size;
    else {
      Value &product = axis < op.getAxis() ? before : after;
      product = builder.create<arith::MulIOp>(loc, product, size);
    }
  }
  Value target = buffers.take(made);
  call(loc, "pde_along",
       {context, small(loc, int32_t(op.getKind())), before, length, after,
        mapping.lookup(op.getField()), target});
  mapping.map(op.getResult(), target);
}

} // namespace pdec::kernel
