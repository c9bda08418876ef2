//===- PdeChannels.cpp - operators between lists of fields: verifiers -----===//

#include "compiler/pde/PdeChannels.h"
#include "compiler/pde/Checks.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

#define GET_OP_CLASSES
#include "compiler/pde/PdeChannels.cpp.inc"

namespace pdec::pde {

int64_t ChannelShape::count() const {
  int64_t result = 1;
  for (int64_t extent : block)
    result *= extent;
  return result;
}

ValueRange outsOf(ConvolveOp op) {
  return op.getTransposed() ? ValueRange(op.getFields())
                            : ValueRange(op.getResults());
}

ValueRange insOf(ConvolveOp op) {
  return op.getTransposed() ? ValueRange(op.getResults())
                            : ValueRange(op.getFields());
}

//===----------------------------------------------------------------------===//
// Verifiers
//===----------------------------------------------------------------------===//

static LogicalResult checkList(Operation *op, ValueRange list, int64_t count,
                               StringRef which) {
  if (list.empty() || int64_t(list.size()) != count)
    return op->emitOpError("needs as many ")
           << which << " as its array has, " << count << ", not "
           << list.size();
  for (Value one : list)
    if (one.getType() != list[0].getType())
      return op->emitOpError("needs ") << which << " of one type";
  return success();
}

LogicalResult checkChannels(Operation *op, ValueRange indices,
                            ArrayRef<int64_t> extents, ArrayRef<int64_t> first,
                            ValueRange outs, ValueRange ins, unsigned rank) {
  if (first.empty() || first.size() != rank ||
      extents.size() != indices.size() + 2 + first.size())
    return op->emitOpError(
        "needs an index for each extent before out, in and the taps of each "
        "axis");
  for (int64_t extent : extents)
    if (extent < 1)
      return op->emitOpError("needs extents of at least one");
  if (!indices.empty() &&
      failed(checkIndices(op, indices, extents.take_front(indices.size()))))
    return failure();
  ChannelShape shape(extents, first);
  for (unsigned axis = 0; axis < rank; ++axis)
    if (first[axis] > 0 || shape.last(axis) < 0)
      return op->emitOpError("needs taps around the cell along axis ") << axis;
  if (failed(checkList(op, outs, shape.out(), "results of the operator")))
    return failure();
  return checkList(op, ins, shape.in(), "arguments of the operator");
}

/// An array lies on a grid of one axis.
template <typename Op>
static LogicalResult checkArray(Op op, Type array, ValueRange fields) {
  auto type = cast<FieldType>(array);
  if (type.hasExtraRows())
    return op.emitOpError("needs an array without extra rows");
  if (!fields.empty() &&
      cast<FieldType>(fields[0].getType()).getElement() != type.getElement())
    return op.emitOpError("needs fields of the array's element type");
  return success();
}

LogicalResult ConvolveOp::verify() {
  if (failed(checkArray(*this, getWeights().getType(), getFields())))
    return failure();
  return checkChannels(*this, getIndices(), getExtents(), getFirst(),
                       outsOf(*this), insOf(*this), getFirst().size());
}

LogicalResult CorrelateOp::verify() {
  if (failed(checkArray(*this, getResult().getType(), getFields())))
    return failure();
  return checkChannels(*this, getIndices(), getExtents(), getFirst(),
                       getFactors(), getFields(), getFirst().size());
}

/// That the fields of both sides have the rows that `first` and the taps ask
/// for.
static LogicalResult checkRows(Operation *op, SymbolTableCollection &symbols,
                               const ChannelShape &shape, FieldType out,
                               FieldType in) {
  GridOp grid;
  if (failed(findGrid(op, symbols, out.getGrid(), grid)))
    return failure();
  if (out.getGrid() != in.getGrid() || out.getElement() != in.getElement())
    return op->emitOpError("needs fields of one grid and element type");
  if (shape.first.size() != grid.rank() || !out.fitsRank(grid.rank()) ||
      !in.fitsRank(grid.rank()))
    return op->emitOpError("needs taps and rows for each axis of its grid");
  for (unsigned axis = 0; axis < grid.rank(); ++axis) {
    bool isCircle = grid.axis(axis).getLow() == Boundary::Periodic;
    int64_t low = isCircle ? 0 : -shape.first[axis];
    int64_t high = isCircle ? 0 : shape.last(axis);
    if (isCircle && (out.lowRows(axis) || out.highRows(axis)))
      return op->emitOpError("has extra rows along the periodic axis ")
             << grid.axis(axis).getName();
    if (in.lowRows(axis) != out.lowRows(axis) + low ||
        in.highRows(axis) != out.highRows(axis) + high)
      return op->emitOpError("needs the rows that its taps reach along axis ")
             << axis;
  }
  return success();
}

LogicalResult ConvolveOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return checkRows(*this, symbols, {getExtents(), getFirst()},
                   cast<FieldType>(outsOf(*this)[0].getType()),
                   cast<FieldType>(insOf(*this)[0].getType()));
}

LogicalResult CorrelateOp::verifySymbolUses(SymbolTableCollection &symbols) {
  return checkRows(*this, symbols, {getExtents(), getFirst()},
                   cast<FieldType>(getFactors()[0].getType()),
                   cast<FieldType>(getFields()[0].getType()));
}

} // namespace pdec::pde
