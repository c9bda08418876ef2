//===- CellEmitter.cpp - code for one row, or a vector of rows ------------===//

#include "compiler/kernel/CellEmitter.h"
#include "compiler/pde/Vectorize.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

CellEmitter::CellEmitter(OpBuilder &builder, const SweepPlan &plan,
                         const Bases &bases, const IRMapping &scalars,
                         Value context, Value size, unsigned width, Value mask)
    : builder(builder), plan(plan), bases(bases), scalars(scalars),
      context(context), size(size), mask(mask), width(width),
      loc(plan.sweep.getLoc()),
      element(cast<FieldType>(plan.sweep.getResult(0).getType()).getElement()) {
}

//===----------------------------------------------------------------------===//
// Small pieces
//===----------------------------------------------------------------------===//

Type CellEmitter::widened(Type type) { return widen(type, width); }

Value CellEmitter::index(int64_t value) {
  Value &known = constants[value];
  if (!known)
    known = builder.create<arith::ConstantOp>(loc,
                                              builder.getI64IntegerAttr(value));
  return known;
}

Value CellEmitter::shifted(Value row, int64_t offset) {
  if (offset == 0)
    return row;
  return builder.create<arith::AddIOp>(loc, row, index(offset));
}

Value CellEmitter::less(Value a, Value b) {
  return builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::slt, a, b);
}

Value CellEmitter::scalar(Value value) {
  return scalars.lookupOrDefault(value);
}

/// A scalar for every lane.
Value CellEmitter::spread(Value value) {
  return pde::spread(builder, loc, value, width);
}

/// An f64 value rounded to the field's element type.
Value CellEmitter::rounded(Value value) {
  if (element.isF64())
    return value;
  Type type = isa<VectorType>(value.getType()) ? widened(element) : element;
  return builder.create<arith::TruncFOp>(loc, type, value);
}

Value CellEmitter::load(Value value, Value row) {
  Value address = builder.create<LLVM::GEPOp>(
      loc, LLVM::LLVMPointerType::get(builder.getContext()), element,
      bases.lookup(value), ValueRange(row));
  unsigned alignment = element.getIntOrFloatBitWidth() / 8;
  if (!mask)
    return builder.create<LLVM::LoadOp>(loc, widened(element), address,
                                        alignment);
  Value zero = builder.create<arith::ConstantOp>(
      loc, builder.getZeroAttr(widened(element)));
  return builder.create<LLVM::MaskedLoadOp>(loc, widened(element), address,
                                            mask, zero, alignment);
}

/// The region of a map, on scalars or on vectors.
Value CellEmitter::map(MapOp map, ArrayRef<Value> fields) {
  return cloneVectorized(
      builder, map.getBody().front(), fields,
      [&](Value value) { return scalar(value); }, width);
}

/// The cell that a row of a periodic field is, also beyond the sides; on
/// vectors lane by lane.
Value CellEmitter::wrapped(Value row) {
  Value cells = spread(size);
  if (!isa<VectorType>(row.getType()))
    cells = size;
  Value turned = builder.create<arith::RemSIOp>(loc, row, cells);
  return builder.create<arith::RemSIOp>(
      loc, builder.create<arith::AddIOp>(loc, turned, cells), cells);
}

/// The cells of rows row .. row + width - 1. Tiles of periodic fields reach
/// beyond the sides; division is slow, so it is done there only.
Value CellEmitter::cellsFrom(Value row) {
  Value rows = row;
  if (width > 1) {
    SmallVector<int64_t> lanes(width);
    for (unsigned lane = 0; lane < width; ++lane)
      lanes[lane] = lane;
    Value steps = builder.create<arith::ConstantOp>(
        loc,
        DenseElementsAttr::get(VectorType::get({width}, builder.getI64Type()),
                               ArrayRef<int64_t>(lanes)));
    rows = builder.create<arith::AddIOp>(loc, spread(row), steps);
  }
  if (!plan.isPeriodic())
    return rows;
  Value isLow = less(row, index(0));
  Value isHigh = less(size, shifted(row, width));
  Value isOut = builder.create<arith::OrIOp>(loc, isLow, isHigh);
  auto choice = builder.create<scf::IfOp>(loc, rows.getType(), isOut,
                                          /*withElseRegion=*/true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(choice.thenBlock());
  builder.create<scf::YieldOp>(loc, wrapped(rows));
  builder.setInsertionPointToStart(choice.elseBlock());
  builder.create<scf::YieldOp>(loc, rows);
  return choice.getResult(0);
}

/// first + row*spacing, in f64, rounded once.
Value CellEmitter::coordinate(CoordinateOp op, Value row) {
  Value real = builder.create<arith::SIToFPOp>(
      loc, widened(builder.getF64Type()), cellsFrom(row));
  Value distance =
      builder.create<arith::MulFOp>(loc, real, spread(scalar(op.getSpacing())));
  return rounded(builder.create<arith::AddFOp>(
      loc, spread(scalar(op.getFirst())), distance));
}

Value CellEmitter::noise(NoiseOp op, Value row) {
  auto one = [&](Value cell) -> Value {
    if (plan.isPeriodic())
      cell = wrapped(cell);
    return builder
        .create<func::CallOp>(loc, "pde_noise", builder.getF64Type(),
                              ValueRange{scalar(op.getSeed()), cell})
        .getResult(0);
  };
  if (width == 1)
    return rounded(one(row));
  Value all = builder.create<arith::ConstantOp>(
      loc, builder.getZeroAttr(widened(builder.getF64Type())));
  for (unsigned lane = 0; lane < width; ++lane)
    all = builder.create<vector::InsertOp>(loc, one(shifted(row, lane)), all,
                                           lane);
  return rounded(all);
}

//===----------------------------------------------------------------------===//
// Weighted sums
//===----------------------------------------------------------------------===//

std::vector<CellEmitter::Tap> CellEmitter::tapsOf(StencilOp stencil) {
  std::vector<Tap> taps;
  for (auto [m, weight] : llvm::enumerate(stencil.getWeights()))
    taps.push_back({weight, constantOf(weight), stencil.offset(m, 0)});
  return taps;
}

/// The sum over the taps in this order, starting with the first product;
/// weights of 1 and -1 add and subtract.
Value CellEmitter::weightedSum(ArrayRef<Tap> taps,
                               function_ref<Value(int64_t)> read) {
  Value sum;
  for (const Tap &tap : taps) {
    Value value = read(tap.offset);
    bool adds = tap.constant == 1.0, subtracts = tap.constant == -1.0;
    if (!adds && !subtracts) {
      Value weight = rounded(scalar(tap.weight));
      if (isa<VectorType>(value.getType()))
        weight = spread(weight);
      value = builder.create<arith::MulFOp>(loc, weight, value);
    }
    if (!sum)
      sum =
          subtracts ? Value(builder.create<arith::NegFOp>(loc, value)) : value;
    else if (subtracts)
      sum = builder.create<arith::SubFOp>(loc, sum, value);
    else
      sum = builder.create<arith::AddFOp>(loc, sum, value);
  }
  return sum;
}

Value CellEmitter::scaled(StencilOp stencil, Value sum) {
  if (!stencil.getScale())
    return sum;
  Value scale = rounded(scalar(stencil.getScale()));
  if (isa<VectorType>(sum.getType()))
    scale = spread(scale);
  return builder.create<arith::MulFOp>(loc, sum, scale);
}

static StencilOp stencilOf(Operation *application) {
  return application->getOperand(0).getDefiningOp<StencilOp>();
}

//===----------------------------------------------------------------------===//
// The interior
//===----------------------------------------------------------------------===//

Value CellEmitter::interior(Value value, Value row) {
  currentRow = row;
  return read(value, 0);
}

Value CellEmitter::interiorDefinition(Value value, Value row) {
  currentRow = row;
  return define(value, 0);
}

Value CellEmitter::read(Value value, int64_t offset) {
  Value &known = atOffset[{value.getAsOpaquePointer(), offset}];
  if (known)
    return known;
  Value made = bases.count(value) ? load(value, shifted(currentRow, offset))
                                  : define(value, offset);
  return atOffset[{value.getAsOpaquePointer(), offset}] = made;
}

Value CellEmitter::define(Value value, int64_t offset) {
  Operation *op = value.getDefiningOp();
  loc = op->getLoc();
  if (auto mapOp = dyn_cast<MapOp>(op)) {
    SmallVector<Value> fields;
    for (Value field : mapOp.getFields())
      fields.push_back(read(field, offset));
    loc = op->getLoc();
    return map(mapOp, fields);
  }
  if (auto coordinateOp = dyn_cast<CoordinateOp>(op))
    return coordinate(coordinateOp, shifted(currentRow, offset));
  if (auto noiseOp = dyn_cast<NoiseOp>(op))
    return noise(noiseOp, shifted(currentRow, offset));
  std::vector<Tap> taps = tapsOf(stencilOf(op));
  int64_t sign = 1;
  if (isa<AdjointOp>(op)) {
    std::reverse(taps.begin(), taps.end());
    sign = -1;
  }
  Value sum = weightedSum(taps, [&](int64_t tap) {
    Value value = read(op->getOperand(1), offset + sign * tap);
    loc = op->getLoc();
    return value;
  });
  return scaled(stencilOf(op), sum);
}

//===----------------------------------------------------------------------===//
// Any row
//===----------------------------------------------------------------------===//

Value CellEmitter::anywhere(Value value, Value row) {
  assert(width == 1 && "rows at the boundary are computed one by one");
  auto key =
      std::make_pair(value.getAsOpaquePointer(), row.getAsOpaquePointer());
  if (Value known = atRow[key])
    return known;
  Value made =
      bases.count(value) ? load(value, row) : defineAnywhere(value, row);
  return atRow[key] = made;
}

Value CellEmitter::anywhereDefinition(Value value, Value row) {
  return defineAnywhere(value, row);
}

Value CellEmitter::defineAnywhere(Value value, Value row) {
  Operation *op = value.getDefiningOp();
  loc = op->getLoc();
  if (auto mapOp = dyn_cast<MapOp>(op)) {
    SmallVector<Value> fields;
    for (Value field : mapOp.getFields())
      fields.push_back(anywhere(field, row));
    loc = op->getLoc();
    return map(mapOp, fields);
  }
  if (auto coordinateOp = dyn_cast<CoordinateOp>(op))
    return coordinate(coordinateOp, row);
  if (auto noiseOp = dyn_cast<NoiseOp>(op))
    return noise(noiseOp, row);
  if (auto apply = dyn_cast<ApplyOp>(op))
    return applyAnywhere(apply, row);
  return adjointAnywhere(cast<AdjointOp>(op), row);
}

/// Reads beyond a side follow its rule: a reflecting side mirrors the position,
/// a dirichlet side replaces the value.
Value CellEmitter::applyAnywhere(ApplyOp apply, Value row) {
  auto read = [&](int64_t offset) {
    loc = apply.getLoc();
    Value position = shifted(row, offset);
    Value last = shifted(size, -1);
    Value isLow = less(position, index(0)), isHigh = less(last, position);
    Value twiceSize = builder.create<arith::AddIOp>(loc, last, size);
    Value inside = position;
    auto bring = [&](Boundary rule, Value isOut, Value mirror, Value edge) {
      inside = builder.create<arith::SelectOp>(
          loc, isOut, rule == Boundary::Reflecting ? mirror : edge, inside);
    };
    bring(plan.low, isLow,
          builder.create<arith::SubIOp>(loc, index(-1), position), index(0));
    bring(plan.high, isHigh,
          builder.create<arith::SubIOp>(loc, twiceSize, position), last);
    Value value = anywhere(apply.getField(), inside);
    loc = apply.getLoc();
    auto replace = [&](bool high, Value isOut) {
      if (Value outside = outsideValue(apply, 0, high))
        value = builder.create<arith::SelectOp>(
            loc, isOut, rounded(scalar(outside)), value);
    };
    replace(false, isLow);
    replace(true, isHigh);
    return value;
  };
  StencilOp stencil = stencilOf(apply);
  return scaled(stencil, weightedSum(tapsOf(stencil), read));
}

/// The transpose over rows that exist, and, at reflecting sides, what it spills
/// over them, brought back to the cells that are mirrored there.
Value CellEmitter::adjointAnywhere(AdjointOp adjoint, Value row) {
  StencilOp stencil = stencilOf(adjoint);
  auto type = adjoint.getField().getType();
  Value zero = builder.create<arith::ConstantOp>(
      loc, cast<TypedAttr>(builder.getZeroAttr(element)));
  Value first = index(-type.lowRows(0));
  Value last = shifted(size, type.highRows(0) - 1);
  std::vector<Tap> taps = tapsOf(stencil);
  std::reverse(taps.begin(), taps.end());
  auto transposeAt = [&](Value position) {
    Value sum = weightedSum(taps, [&](int64_t offset) -> Value {
      loc = adjoint.getLoc();
      Value read = shifted(position, -offset);
      Value isLow = less(read, first), isHigh = less(last, read);
      Value inside = builder.create<arith::SelectOp>(loc, isLow, first, read);
      inside = builder.create<arith::SelectOp>(loc, isHigh, last, inside);
      Value value = anywhere(adjoint.getField(), inside);
      loc = adjoint.getLoc();
      Value isOut = builder.create<arith::OrIOp>(loc, isLow, isHigh);
      return builder.create<arith::SelectOp>(loc, isOut, zero, value);
    });
    return scaled(stencil, sum);
  };
  Value sum = transposeAt(row);
  // The one position beyond a side that is mirrored at this row, if it is among
  // those that the transpose reaches; else the row itself, whose cells are in
  // the tile, for a sum that is not used.
  auto addMirrored = [&](Value position, Value isReached) {
    position = builder.create<arith::SelectOp>(loc, isReached, position, row);
    Value more = builder.create<arith::AddFOp>(loc, sum, transposeAt(position));
    sum = builder.create<arith::SelectOp>(loc, isReached, more, sum);
  };
  auto [low, high] = stencil.span(0);
  if (plan.low == Boundary::Reflecting && low < 0)
    addMirrored(builder.create<arith::SubIOp>(loc, index(-1), row),
                less(row, index(-low)));
  if (plan.high == Boundary::Reflecting && high > 0) {
    Value twice = builder.create<arith::AddIOp>(loc, size, shifted(size, -1));
    addMirrored(builder.create<arith::SubIOp>(loc, twice, row),
                less(shifted(size, -1 - high), row));
  }
  return sum;
}

} // namespace pdec::kernel
