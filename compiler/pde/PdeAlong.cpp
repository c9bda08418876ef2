//===- PdeAlong.cpp - fields made of lines along an axis: verifier --------===//

#include "compiler/pde/PdeAlong.h"
#include "compiler/pde/Checks.h"

#include "mlir/IR/Builders.h"

using namespace mlir;

#include "compiler/pde/AlongKind.cpp.inc"

#define GET_OP_CLASSES
#include "compiler/pde/PdeAlong.cpp.inc"

namespace pdec::pde {

bool isSingle(GridOp grid, unsigned axis) {
  return grid.getParentAttr() && grid.axis(axis).getSize() == 1;
}

/// The grid whose axes are all there: the parent of one without some.
static StringAttr wholeOf(GridOp grid) {
  for (unsigned axis = 0; axis < grid.rank(); ++axis)
    if (isSingle(grid, axis))
      return grid.getParentAttr().getAttr();
  return grid.getSymNameAttr();
}

bool isWithout(GridOp fewer, GridOp grid, int64_t axis) {
  if (fewer.rank() != grid.rank() || wholeOf(fewer) != wholeOf(grid))
    return false;
  for (unsigned i = 0; i < grid.rank(); ++i)
    if (isSingle(fewer, i) != (isSingle(grid, i) || i == axis))
      return false;
  return !isSingle(grid, axis);
}

GridOp gridAlong(AlongKind kind, GridOp grid, int64_t axis) {
  bool isFewer = isOneOfLine(kind);
  if (!isFewer && kind != AlongKind::Spread)
    return grid;
  for (auto other : grid->getParentOfType<ModuleOp>().getOps<GridOp>())
    if (isFewer ? isWithout(other, grid, axis) : isWithout(grid, other, axis))
      return other;
  return {};
}

std::optional<AlongKind> transposeOf(AlongKind kind) {
  switch (kind) {
  case AlongKind::Sum:
    return AlongKind::Spread;
  case AlongKind::Spread:
    return AlongKind::Sum;
  case AlongKind::Cumulate:
    return AlongKind::CumulateBack;
  case AlongKind::CumulateBack:
    return AlongKind::Cumulate;
  case AlongKind::Min:
  case AlongKind::Max:
    return std::nullopt;
  }
  llvm_unreachable("a kind of lines");
}

LogicalResult AlongOp::verifySymbolUses(SymbolTableCollection &symbols) {
  FieldType from = getField().getType(), to = getResult().getType();
  GridOp grid, made;
  if (failed(findGrid(*this, symbols, from.getGrid(), grid)) ||
      failed(findGrid(*this, symbols, to.getGrid(), made)))
    return failure();
  if (int64_t(getAxis()) < 0 || int64_t(getAxis()) >= grid.rank())
    return emitOpError("names axis ")
           << int64_t(getAxis()) << " of a grid of rank " << grid.rank();
  if (from.hasExtraRows() || to.hasExtraRows())
    return emitOpError("needs fields without extra rows");
  if (from.getElement() != to.getElement())
    return emitOpError("needs fields of one element type");
  if (gridAlong(getKind(), grid, getAxis()) != made)
    return emitOpError("makes fields of another grid than '")
           << made.getSymName() << "'";
  return success();
}

} // namespace pdec::pde
