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
  return !plan.isPeriodic(axis) && (width == 1 || axis + 1 < rank());
}

Value CellEmitter::anywhere(Value value, const Position &cell) {
  std::pair<void *, std::vector<void *>> key{value.getAsOpaquePointer(), {}};
  for (Value row : cell)
    key.second.push_back(row.getAsOpaquePointer());
  if (Value made = known.atCell[key])
    return made;
  auto field = fields.find(value);
  if (field == fields.end())
    return known.atCell[key] = anywhereDefinition(value, cell);
  Position place = cell;
  if (!field->second.sizes.empty())
    for (unsigned axis = 0; axis < rank(); ++axis)
      if (plan.isPeriodic(axis) && (width == 1 || axis + 1 < rank()))
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
  if (auto restrictOp = dyn_cast<RestrictOp>(op))
    return restrictAnywhere(restrictOp, cell);
  if (auto prolongOp = dyn_cast<ProlongOp>(op))
    return prolongAnywhere(prolongOp, cell);
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

/// The cell that a position beyond a side takes its value from: its mirror
/// image, or, at dirichlet sides, the last cell.
Value CellEmitter::broughtInside(unsigned axis, Value position,
                                 const Sides &sides) {
  unsigned which = 4 * axis + (sides.low ? 1 : 0) + (sides.high ? 2 : 0);
  Value &made = known.inside[{position.getAsOpaquePointer(), which}];
  if (made)
    return made;
  Value inside = position;
  Value last = shifted(sizes[axis], -1);
  if (sides.low) {
    Value source =
        plan.isMirrored(axis, false) ? subtract(index(-1), position) : index(0);
    inside = select(sides.low, source, inside);
  }
  if (sides.high) {
    Value source = plan.isMirrored(axis, true)
                       ? subtract(add(last, sizes[axis]), position)
                       : last;
    inside = select(sides.high, source, inside);
  }
  return made = inside;
}

/// What stands beyond one side, given `value` at the cell inside: the value
/// itself, another at dirichlet sides, and at neumann sides the value and the
/// slope times the distance from the mirror image.
Value CellEmitter::continued(ApplyOp apply, unsigned axis, bool high,
                             Value isOut, Value position,
                             const Position &inside, Value value) {
  Value outside = outsideValue(apply, axis, high);
  if (!isOut || !outside)
    return value;
  if (plan.rule(axis, high) == Boundary::Dirichlet) {
    bool isField = isa<FieldType>(outside.getType());
    Value given =
        isField ? anywhere(outside, inside) : spread(rounded(scalar(outside)));
    loc = apply.getLoc();
    return select(isOut, given, value);
  }
  // 2d - 1 for the d-th cell beyond.
  Value spacings =
      high ? subtract(position, sizes[axis]) : subtract(index(-1), position);
  spacings = shifted(add(spacings, spacings), 1);
  Value distance =
      builder.create<arith::SIToFPOp>(loc, builder.getF64Type(), spacings);
  Value rise = spread(
      rounded(builder.create<arith::MulFOp>(loc, distance, scalar(outside))));
  return select(isOut, builder.create<arith::AddFOp>(loc, value, rise), value);
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

Value CellEmitter::applyAnywhere(ApplyOp apply, const Position &cell) {
  FieldType rows = apply.getResult().getType();
  auto read = [&](ArrayRef<int64_t> offset) {
    loc = apply.getLoc();
    Position position = shifted(cell, offset), inside = position;
    SmallVector<Sides, 3> sides(rank());
    for (unsigned axis = 0; axis < rank(); ++axis) {
      if (!followsRule(axis))
        continue;
      std::optional<int64_t> low, high;
      if (offset[axis] < rows.lowRows(axis))
        low = 0;
      if (offset[axis] > -rows.highRows(axis))
        high = 0;
      sides[axis] = crossed(axis, position[axis], low, high);
      inside[axis] = broughtInside(axis, position[axis], sides[axis]);
    }
    Value value = anywhere(apply.getField(), inside);
    loc = apply.getLoc();
    for (unsigned axis = 0; axis < rank(); ++axis) {
      value = continued(apply, axis, false, sides[axis].low, position[axis],
                        inside, value);
      value = continued(apply, axis, true, sides[axis].high, position[axis],
                        inside, value);
    }
    return value;
  };
  StencilOp stencil = stencilOf(apply);
  return scaled(stencil, weightedSum(tapsOf(stencil), read));
}

/// How many positions beyond each side the transpose spills over to cells that
/// are mirrored there.
Reach CellEmitter::mirroredReach(AdjointOp adjoint, unsigned axis) {
  auto [first, last] = stencilOf(adjoint).span(axis);
  Reach reach;
  if (followsRule(axis) && plan.isMirrored(axis, false))
    reach.low = std::max<int64_t>(-first, 0);
  if (followsRule(axis) && plan.isMirrored(axis, true))
    reach.high = std::max<int64_t>(last, 0);
  return reach;
}

/// The transpose at a position, over rows that exist.
Value CellEmitter::transposeAt(AdjointOp adjoint, const Position &cell) {
  FieldType rows = adjoint.getField().getType();
  StencilOp stencil = stencilOf(adjoint);
  std::vector<Tap> taps = tapsOf(stencil);
  std::reverse(taps.begin(), taps.end());
  Value sum = weightedSum(taps, [&](ArrayRef<int64_t> offset) -> Value {
    loc = adjoint.getLoc();
    Position inside;
    Value isOut;
    for (unsigned axis = 0; axis < rank(); ++axis) {
      Value position = shifted(cell[axis], -offset[axis]);
      Reach beyond = mirroredReach(adjoint, axis);
      std::optional<int64_t> low, high;
      if (followsRule(axis) && offset[axis] + beyond.low > rows.lowRows(axis))
        low = -rows.lowRows(axis);
      if (followsRule(axis) && beyond.high - offset[axis] > rows.highRows(axis))
        high = rows.highRows(axis);
      Sides sides = crossed(axis, position, low, high);
      if (low)
        position = select(sides.low, index(*low), position);
      if (high)
        position =
            select(sides.high, shifted(sizes[axis], *high - 1), position);
      isOut = either(isOut, either(sides.low, sides.high));
      inside.push_back(position);
    }
    Value value = anywhere(adjoint.getField(), inside);
    loc = adjoint.getLoc();
    return isOut ? select(isOut, zero(), value) : value;
  });
  return scaled(stencil, sum);
}

/// Positions that are mirrored at a cell, the cell itself among them, numbered
/// in ascending lexicographic order.
struct CellEmitter::Mirrors {
  SmallVector<Reach, 3> reach;
  int64_t count = 1, own = 0;

  void addAxis(Reach axis) {
    reach.push_back(axis);
    int64_t here = numberOf(reach.size() - 1);
    own = own * here + (axis.low > 0);
    count *= here;
  }
  int64_t numberOf(unsigned axis) const {
    return 1 + (reach[axis].low > 0) + (reach[axis].high > 0);
  }
};

/// Mirrored position number `which` of a cell, and whether the transpose
/// reaches it.
std::pair<Position, Value> CellEmitter::mirrored(const Mirrors &mirrors,
                                                 Value which,
                                                 const Position &cell) {
  Position position = cell;
  Value isReached;
  for (unsigned axis = rank(); axis-- > 0;) {
    int64_t number = mirrors.numberOf(axis);
    auto [low, high] = mirrors.reach[axis];
    if (number == 1)
      continue;
    Value choice = builder.create<arith::RemUIOp>(loc, which, index(number));
    which = builder.create<arith::DivUIOp>(loc, which, index(number));
    auto pick = [&](int64_t wanted, Value image, Value isNear) {
      Value isIt = builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq,
                                                 choice, index(wanted));
      position[axis] = select(isIt, image, position[axis]);
      Value isOther = builder.create<arith::CmpIOp>(
          loc, arith::CmpIPredicate::ne, choice, index(wanted));
      isReached = both(isReached, either(isOther, isNear));
    };
    Value last = shifted(sizes[axis], -1);
    if (low)
      pick(0, subtract(index(-1), cell[axis]), less(cell[axis], index(low)));
    if (high)
      pick(number - 1, subtract(add(last, sizes[axis]), cell[axis]),
           less(shifted(last, -high), cell[axis]));
  }
  return {position, isReached};
}

/// The transpose, and, at sides that mirror, what it spills over them, brought
/// back to the cells that are mirrored there: the cell's own sum first.
Value CellEmitter::adjointAnywhere(AdjointOp adjoint, const Position &cell) {
  Mirrors mirrors;
  for (unsigned axis = 0; axis < rank(); ++axis)
    mirrors.addAxis(mirroredReach(adjoint, axis));
  if (mirrors.count == 1)
    return transposeAt(adjoint, cell);
  Value start = zero(), one = index(1), own = index(mirrors.own);
  auto loop = builder.create<scf::ForOp>(loc, index(0), index(mirrors.count),
                                         one, start);
  Known before = known;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  Value turn = loop.getInductionVar(), sum = loop.getRegionIterArg(0);
  Value isFirst = less(turn, one);
  Value which = select(less(own, turn), turn, subtract(turn, one));
  which = select(isFirst, own, which);
  auto [position, isReached] = mirrored(mirrors, which, cell);
  auto choice = builder.create<scf::IfOp>(loc, sum.getType(), isReached,
                                          /*withElseRegion=*/true);
  builder.create<scf::YieldOp>(loc, choice.getResult(0));
  builder.setInsertionPointToStart(choice.thenBlock());
  Value more = transposeAt(adjoint, position);
  Value both = builder.create<arith::AddFOp>(loc, sum, more);
  builder.create<scf::YieldOp>(loc, select(isFirst, more, both));
  builder.setInsertionPointToStart(choice.elseBlock());
  builder.create<scf::YieldOp>(loc, sum);
  known = before;
  return loop.getResult(0);
}

} // namespace pdec::kernel
