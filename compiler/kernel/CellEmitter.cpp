//===- CellEmitter.cpp - code for one cell: pointwise values --------------===//

#include "compiler/kernel/CellEmitter.h"
#include "compiler/pde/Vectorize.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

#include <numeric>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

CellContext::CellContext(RowOp row) : row(row) {
  auto type = cast<FieldType>(row.getOutputs().front().getType());
  grid = gridOf(row, type);
  element = type.getElement();
  llvm::append_range(sizes, row.getSizes());
  isOdd.resize(sizes.size());
}

CellEmitter::CellEmitter(OpBuilder &builder, const CellContext &context,
                         unsigned width, Value mask, bool crossesSides)
    : builder(builder), context(context), sizes(context.sizes),
      element(context.element), mask(mask), crossesSides(crossesSides),
      width(width), loc(context.row.getLoc()) {}

//===----------------------------------------------------------------------===//
// Small pieces
//===----------------------------------------------------------------------===//

Type CellEmitter::widened(Type type) { return widen(type, width); }

Value CellEmitter::index(int64_t value) {
  Value &made = known.constants[value];
  if (!made)
    made = builder.create<arith::ConstantOp>(loc,
                                             builder.getI64IntegerAttr(value));
  return made;
}

Value CellEmitter::shifted(Value row, int64_t offset) {
  if (offset == 0)
    return row;
  Value &made = known.shifts[{row.getAsOpaquePointer(), offset}];
  if (!made)
    made = add(row, index(offset));
  return made;
}

Position CellEmitter::shifted(const Position &cell, ArrayRef<int64_t> offset) {
  Position result;
  for (auto [row, distance] : llvm::zip(cell, offset))
    result.push_back(shifted(row, distance));
  return result;
}

Value CellEmitter::less(Value a, Value b) {
  return builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::slt, a, b);
}
Value CellEmitter::add(Value a, Value b) {
  return builder.create<arith::AddIOp>(loc, a, b);
}
Value CellEmitter::subtract(Value a, Value b) {
  return builder.create<arith::SubIOp>(loc, a, b);
}
Value CellEmitter::select(Value condition, Value a, Value b) {
  return builder.create<arith::SelectOp>(loc, condition, a, b);
}
/// Either condition, where null means never.
Value CellEmitter::either(Value a, Value b) {
  if (!a || !b)
    return a ? a : b;
  return builder.create<arith::OrIOp>(loc, a, b);
}
/// Both conditions, or the bits of both, where null means always, and all.
Value CellEmitter::both(Value a, Value b) {
  if (!a || !b)
    return a ? a : b;
  return builder.create<arith::AndIOp>(loc, a, b);
}

Value CellEmitter::zero() {
  return builder.create<arith::ConstantOp>(
      loc, cast<TypedAttr>(builder.getZeroAttr(widened(element))));
}

Value CellEmitter::scalar(Value value) { return context.scalars.lookup(value); }

/// A scalar for every lane.
Value CellEmitter::spread(Value value) {
  return pde::spread(builder, loc, value, width);
}

/// A scalar for every lane of a value.
Value CellEmitter::spreadLike(Value scalar, Value value) {
  auto vector = dyn_cast<VectorType>(value.getType());
  return vector ? builder.create<vector::BroadcastOp>(loc, vector, scalar)
                : scalar;
}

/// An f64 value rounded to the field's element type.
Value CellEmitter::rounded(Value value) {
  if (element.isF64())
    return value;
  Type type = isa<VectorType>(value.getType()) ? widened(element) : element;
  return builder.create<arith::TruncFOp>(loc, type, value);
}

Value CellEmitter::address(const StoredField &field, const Position &cell) {
  Value number = cell.back();
  for (auto [axis, stride] : llvm::enumerate(field.strides)) {
    Value row = cell[axis];
    if (axis < field.rings.size())
      row = both(row, field.rings[axis]);
    number = add(builder.create<arith::MulIOp>(loc, row, stride), number);
  }
  return builder.create<LLVM::GEPOp>(
      loc, LLVM::LLVMPointerType::get(builder.getContext()), element,
      field.base, ValueRange(number));
}

Value CellEmitter::load(Value value, const Position &cell) {
  Value place = address(context.fields.find(value)->second, cell);
  if (!mask)
    return builder.create<LLVM::LoadOp>(loc, widened(element), place,
                                        alignment());
  return builder.create<LLVM::MaskedLoadOp>(loc, widened(element), place, mask,
                                            zero(), alignment());
}

void CellEmitter::store(Value value, const StoredField &field,
                        const Position &cell) {
  loc = context.row.getLoc();
  Value place = address(field, cell);
  if (mask)
    builder.create<LLVM::MaskedStoreOp>(loc, value, place, mask, alignment());
  else
    builder.create<LLVM::StoreOp>(loc, value, place, alignment());
}

//===----------------------------------------------------------------------===//
// Pointwise values
//===----------------------------------------------------------------------===//

/// The region of a map, on scalars or on vectors.
Value CellEmitter::map(MapOp map, ArrayRef<Value> fields) {
  return cloneVectorized(
      builder, map.getBody().front(), fields,
      [&](Value value) { return scalar(value); }, width);
}

/// The cell that a row of a periodic axis is, also beyond the sides; on vectors
/// lane by lane.
Value CellEmitter::wrapped(Value row, Value size) {
  Value cells = isa<VectorType>(row.getType()) ? spread(size) : size;
  Value turned = builder.create<arith::RemSIOp>(loc, row, cells);
  return builder.create<arith::RemSIOp>(loc, add(turned, cells), cells);
}

/// first, first + 1, ... in lanes.
Value CellEmitter::numbered(Value first, unsigned lanes) {
  SmallVector<int64_t> steps(lanes);
  std::iota(steps.begin(), steps.end(), 0);
  auto type = VectorType::get({lanes}, builder.getI64Type());
  return add(builder.create<vector::BroadcastOp>(loc, type, first),
             builder.create<arith::ConstantOp>(
                 loc, DenseElementsAttr::get(type, ArrayRef<int64_t>(steps))));
}

/// The cells of rows row .. row + width - 1 along the last axis. Tiles of
/// periodic fields reach beyond the sides; division is slow, so it is done
/// there only.
Value CellEmitter::cellsFrom(Value row, unsigned axis) {
  Value rows = width > 1 ? numbered(row, width) : row;
  if (!isPeriodic(axis))
    return rows;
  Value isLow = less(row, index(0));
  Value isHigh = less(sizes[axis], shifted(row, width));
  auto choice = builder.create<scf::IfOp>(
      loc, rows.getType(), either(isLow, isHigh), /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(choice.thenBlock());
  builder.create<scf::YieldOp>(loc, wrapped(rows, sizes[axis]));
  builder.setInsertionPointToStart(choice.elseBlock());
  builder.create<scf::YieldOp>(loc, rows);
  return choice.getResult(0);
}

/// first + row*spacing, in f64, rounded once.
Value CellEmitter::coordinate(CoordinateOp op, const Position &cell) {
  unsigned axis = op.getAxis();
  Value cells = cell[axis];
  if (axis + 1 == rank())
    cells = cellsFrom(cells, axis);
  else if (isPeriodic(axis))
    cells = wrapped(cells, sizes[axis]);
  Type real = builder.getF64Type();
  Value distance = spread(builder.create<arith::SIToFPOp>(
      loc, isa<VectorType>(cells.getType()) ? widened(real) : real, cells));
  Value way = builder.create<arith::MulFOp>(loc, distance,
                                            spread(scalar(op.getSpacing())));
  return rounded(
      builder.create<arith::AddFOp>(loc, spread(scalar(op.getFirst())), way));
}

Value CellEmitter::noise(NoiseOp op, const Position &cell) {
  auto one = [&](int64_t lane) -> Value {
    Position cells = cell;
    cells.back() = shifted(cell.back(), lane);
    for (unsigned axis = 0; axis < rank(); ++axis)
      if (isPeriodic(axis))
        cells[axis] = wrapped(cells[axis], sizes[axis]);
    Value number = cells[0];
    for (unsigned axis = 1; axis < rank(); ++axis)
      number = add(builder.create<arith::MulIOp>(loc, number, sizes[axis]),
                   cells[axis]);
    return builder
        .create<func::CallOp>(loc, "pde_noise", builder.getF64Type(),
                              ValueRange{scalar(op.getSeed()), number})
        .getResult(0);
  };
  if (width == 1)
    return rounded(one(0));
  Value all = builder.create<arith::ConstantOp>(
      loc, builder.getZeroAttr(widened(builder.getF64Type())));
  for (unsigned lane = 0; lane < width; ++lane)
    all = builder.create<vector::InsertOp>(loc, one(lane), all, lane);
  return rounded(all);
}

} // namespace pdec::kernel
