//===- PdeAlong.h - fields made of lines along an axis ----------*- C++ -*-===//

#ifndef PDEC_PDE_PDEALONG_H
#define PDEC_PDE_PDEALONG_H

#include "compiler/pde/PdeDialect.h"

#include "compiler/pde/AlongKind.h.inc"

#define GET_OP_CLASSES
#include "compiler/pde/PdeAlong.h.inc"

namespace pdec::pde {

/// Whether a grid has one cell along an axis, however many its parent has.
bool isSingle(GridOp grid, unsigned axis);

/// Whether `fewer` is `grid` with one cell along an axis.
bool isWithout(GridOp fewer, GridOp grid, int64_t axis);

/// Whether one cell is made of a line.
inline bool isOneOfLine(AlongKind kind) {
  return kind == AlongKind::Sum || kind == AlongKind::Min ||
         kind == AlongKind::Max;
}

/// The grid of what is made of fields on `grid`; null if the module has none.
GridOp gridAlong(AlongKind kind, GridOp grid, int64_t axis);

/// The transpose of a linear kind; none for min and max.
std::optional<AlongKind> transposeOf(AlongKind kind);

} // namespace pdec::pde

#endif // PDEC_PDE_PDEALONG_H
