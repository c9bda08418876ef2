//===- CellBoundary.cpp - code for one cell: the boundary rules -----------===//

#include "compiler/kernel/CellEmitter.h"
#include "compiler/pde/Vectorize.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

//===----------------------------------------------------------------------===//
// Any cell
//===----------------------------------------------------------------------===//

/// Whether positions along an axis may cross its sides, so that reads obey the
/// boundary rule there. Along periodic axes positions just go on; what is
/// stored knows where the cells lie.
bool CellEmitter::followsRule(unsigned axis) const {
  return !isPeriodic(axis) && (width == 1 || axis + 1 < rank());
}

Value CellEmitter::anywhere(Value value, const Position &cell) {
  std::pair<void *, std::vector<void *>> key{value.getAsOpaquePointer(), {}};
  for (Value row : cell)
    key.second.push_back(row.getAsOpaquePointer());
  if (Value made = known.atCell[key])
    return made;
  auto field = context.fields.find(value);
  if (field == context.fields.end())
    return known.atCell[key] = anywhereDefinition(value, cell);
  Position place = cell;
  if (!field->second.sizes.empty())
    for (unsigned axis = 0; axis < rank(); ++axis)
      if (isPeriodic(axis) && (width == 1 || axis + 1 < rank()))
        place[axis] = wrapped(cell[axis], sizes[axis]);
  return known.atCell[key] = load(value, place);
}

Value CellEmitter::anywhereDefinition(Value value, const Position &cell) {
  Operation *op = value.getDefiningOp();
  loc = op->getLoc();
  if (auto mapOp = dyn_cast<MapOp>(op)) {
    SmallVector<Value> arguments;
    for (Value field : mapOp.getFields())
      arguments.push_back(anywhere(field, cell));
    loc = op->getLoc();
    return map(mapOp, arguments);
  }
  if (auto coordinateOp = dyn_cast<CoordinateOp>(op))
    return coordinate(coordinateOp, cell);
  if (auto noiseOp = dyn_cast<NoiseOp>(op))
    return noise(noiseOp, cell);
  if (auto field = cast<FieldOpInterface>(op); field.isTransfer())
    return transferred(field, cell, Offset(rank(), 0));
  if (auto apply = dyn_cast<ApplyOp>(op))
    return applyAnywhere(apply, cell);
  return adjointAnywhere(cast<AdjointOp>(op), cell);
}

//===----------------------------------------------------------------------===//
// Sides
//===----------------------------------------------------------------------===//

/// Whether a position lies beyond rows [low, size + high) of an axis; null for
/// a side that is out of the question.
CellEmitter::Sides CellEmitter::crossed(unsigned axis, Value position,
                                        std::optional<int64_t> low,
                                        std::optional<int64_t> high) {
  Sides sides;
  if (low)
    sides.low = less(position, index(*low));
  if (high)
    sides.high = less(shifted(sizes[axis], *high - 1), position);
  return sides;
}

/// The cell inside that a position beyond a side is made of: its mirror image,
/// or else the outermost cell.
Value CellEmitter::broughtInside(Operation *op, unsigned axis, Value position,
                                 const Sides &sides) {
  auto isMirror = [&](bool high) {
    return meaningOf(ruleOf(op, axis, high)).cells == CellsInside::Mirror;
  };
  unsigned which = 16 * axis + (sides.low ? 1 : 0) + (sides.high ? 2 : 0) +
                   (isMirror(false) ? 4 : 0) + (isMirror(true) ? 8 : 0);
  Value &made = known.inside[{position.getAsOpaquePointer(), which}];
  if (made)
    return made;
  Value inside = position;
  Value last = shifted(sizes[axis], -1);
  if (sides.low) {
    Value source = isMirror(false) ? subtract(index(-1), position) : index(0);
    inside = select(sides.low, source, inside);
  }
  if (sides.high) {
    Value source =
        isMirror(true) ? subtract(add(last, sizes[axis]), position) : last;
    inside = select(sides.high, source, inside);
  }
  return made = inside;
}

/// How far a position beyond a side lies from the outermost cell.
Value CellEmitter::distance(unsigned axis, bool high, Value position) {
  return high ? shifted(subtract(position, sizes[axis]), 1)
              : subtract(index(0), position);
}

/// 2d - 1 in f64.
Value CellEmitter::oddNumber(Value distance) {
  Value odd = shifted(add(distance, distance), -1);
  return builder.create<arith::SIToFPOp>(loc, builder.getF64Type(), odd);
}

/// The scalar of the distance that it is, of `most` possible ones.
Value CellEmitter::atDistance(Value distance, int64_t most,
                              function_ref<Value(int64_t)> scalarAt) {
  Value picked = scalar(scalarAt(1));
  for (int64_t d = 2; d <= most; ++d)
    picked = select(builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq,
                                                  distance, index(d)),
                    scalar(scalarAt(d)), picked);
  return picked;
}

/// A value times a scalar, which is rounded first.
Value CellEmitter::times(Value weight, Value value) {
  return builder.create<arith::MulFOp>(loc, spread(rounded(weight)), value);
}

/// A position, or the nearest row of [low, size + high), where it may lie
/// beyond one of these.
Value CellEmitter::inRows(Value position, unsigned axis,
                          std::optional<int64_t> low,
                          std::optional<int64_t> high) {
  if (low)
    position = select(less(position, index(*low)), index(*low), position);
  if (high) {
    Value last = shifted(sizes[axis], *high - 1);
    position = select(less(last, position), last, position);
  }
  return position;
}

//===----------------------------------------------------------------------===//
// A tap's read
//===----------------------------------------------------------------------===//

/// What an apply reads with one tap: where, which sides are crossed, and the
/// cell inside.
struct CellEmitter::TapRead {
  ApplyOp apply;
  ArrayRef<int64_t> offset;
  Position position, inside;
  SmallVector<Sides, 3> sides;

  Value isOut(unsigned axis, bool high) const {
    return high ? sides[axis].high : sides[axis].low;
  }
  /// How far beyond row 0, or the last one, the tap reaches.
  int64_t mostBeyond(unsigned axis, bool high) const {
    FieldType rows = ApplyOp(apply).getResult().getType();
    return high ? rows.highRows(axis) + offset[axis]
                : rows.lowRows(axis) - offset[axis];
  }
};

CellEmitter::TapRead CellEmitter::tapRead(ApplyOp apply, const Position &cell,
                                          ArrayRef<int64_t> offset) {
  TapRead read{apply, offset, shifted(cell, offset), {}, {}};
  read.inside = read.position;
  read.sides.resize(rank());
  FieldType type = apply.getField().getType();
  for (unsigned axis = 0; axis < rank(); ++axis) {
    if (!followsRule(axis))
      continue;
    // Where the field has extra rows, they are all that is reached.
    std::optional<int64_t> low, high;
    if (!type.lowRows(axis) && read.mostBeyond(axis, false) > 0)
      low = 0;
    if (!type.highRows(axis) && read.mostBeyond(axis, true) > 0)
      high = 0;
    read.sides[axis] = crossed(axis, read.position[axis], low, high);
    read.inside[axis] =
        broughtInside(apply, axis, read.position[axis], read.sides[axis]);
  }
  return read;
}

/// Where a field that is given for a side is read: along the side's axis in the
/// nearest cell, along others at its own place, as far as the field has it.
/// Later axes have been brought inside already.
Position CellEmitter::placeOfValue(const TapRead &read, unsigned axis,
                                   bool high, const Position &inside,
                                   FieldType type) {
  Position place = inside;
  if (meaningOf(ruleOf(read.apply, axis, high)).cells == CellsInside::Mirror)
    place[axis] =
        select(read.isOut(axis, high),
               high ? shifted(sizes[axis], -1) : index(0), inside[axis]);
  for (unsigned other = 0; other < rank(); ++other) {
    if (!followsRule(other))
      continue;
    bool isEarlier = other < axis;
    Value row = isEarlier ? read.position[other] : place[other];
    std::optional<int64_t> least[2];
    for (bool side : {false, true}) {
      Value isOut = read.isOut(other, side);
      bool isCopy = meaningOf(ruleOf(read.apply, other, side)).isCopy();
      if (isEarlier && isOut && isCopy)
        row = select(isOut, read.inside[other], row);
      int64_t rows = side ? type.highRows(other) : type.lowRows(other);
      bool isInside = isOut && (!isEarlier || isCopy);
      if (!isInside && read.mostBeyond(other, side) > rows)
        least[side] = side ? rows : -rows;
    }
    place[other] = inRows(row, other, least[0], least[1]);
  }
  return place;
}

/// What the value of a side adds beyond it.
Value CellEmitter::valueBeyond(const TapRead &read, unsigned axis, bool high,
                               const Position &inside) {
  SideOperands side = operandsOf(read.apply, axis, high);
  auto type = dyn_cast<FieldType>(side.value.getType());
  Value field;
  if (type) {
    field = anywhere(side.value, placeOfValue(read, axis, high, inside, type));
    loc = ApplyOp(read.apply).getLoc();
  }
  Value factor, distant = distance(axis, high, read.position[axis]);
  switch (meaningOf(ruleOf(read.apply, axis, high)).factor) {
  case ValueFactor::None:
  case ValueFactor::One:
    return type ? field : spread(rounded(scalar(side.value)));
  case ValueFactor::Odd:
    factor = oddNumber(distant);
    break;
  case ValueFactor::Given:
    factor = atDistance(distant, read.mostBeyond(axis, high),
                        [&](int64_t d) { return side.factor(d); });
    break;
  }
  if (type)
    return times(factor, field);
  return spread(
      rounded(builder.create<arith::MulFOp>(loc, factor, scalar(side.value))));
}

/// What lies beyond one side, given `value` at the cell inside.
Value CellEmitter::beyond(const TapRead &read, unsigned axis, bool high,
                          const Position &inside, Value value) {
  const BoundaryRule &rule = meaningOf(ruleOf(read.apply, axis, high));
  SideOperands side = operandsOf(read.apply, axis, high);
  auto weight = [&](unsigned cell) {
    return atDistance(distance(axis, high, read.position[axis]),
                      read.mostBeyond(axis, high),
                      [&](int64_t d) { return side.weight(d, cell); });
  };
  if (rule.isWeighted())
    value = times(weight(0), value);
  if (rule.cells == CellsInside::Ends) {
    // Blocks far from the side have no row there.
    Position next = inside;
    next[axis] =
        select(read.isOut(axis, high),
               high ? shifted(sizes[axis], -2) : index(1), inside[axis]);
    Value more = continued(read, axis, next);
    loc = ApplyOp(read.apply).getLoc();
    value = builder.create<arith::AddFOp>(loc, value, times(weight(1), more));
  }
  if (!rule.hasValue())
    return value;
  Value added = valueBeyond(read, axis, high, inside);
  if (rule.cells == CellsInside::None)
    return added;
  return builder.create<arith::AddFOp>(loc, value, added);
}

/// The field of an apply, continued along the first `axes` axes; `inside` lies
/// inside along all of them.
Value CellEmitter::continued(const TapRead &read, unsigned axes,
                             const Position &inside) {
  if (axes == 0) {
    Value value = anywhere(ApplyOp(read.apply).getField(), inside);
    loc = ApplyOp(read.apply).getLoc();
    return value;
  }
  unsigned axis = axes - 1;
  Value value = continued(read, axis, inside);
  for (bool high : {false, true}) {
    Value isOut = read.isOut(axis, high);
    const BoundaryRule &rule = meaningOf(ruleOf(read.apply, axis, high));
    if (isOut && !rule.isCopy())
      value = select(isOut, beyond(read, axis, high, inside, value), value);
  }
  return value;
}

Value CellEmitter::applyAnywhere(ApplyOp apply, const Position &cell) {
  auto read = [&](ArrayRef<int64_t> offset) {
    loc = apply.getLoc();
    TapRead tap = tapRead(apply, cell, offset);
    return continued(tap, rank(), tap.inside);
  };
  StencilOp stencil = apply.getOperator();
  return scaled(stencil, weightedSum(tapsOf(stencil), read));
}

} // namespace pdec::kernel
