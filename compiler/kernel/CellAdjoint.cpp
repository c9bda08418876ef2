//===- CellAdjoint.cpp - code for one cell: adjoints at the sides ---------===//

#include "compiler/kernel/CellEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

/// How many positions beyond each side the transpose spills over to cells
/// inside.
Reach CellEmitter::spilledReach(AdjointOp adjoint, unsigned axis) {
  if (!followsRule(axis))
    return {};
  auto reach = [&](bool high) {
    bool isDropped =
        meaningOf(ruleOf(adjoint, axis, high)).cells == CellsInside::None;
    return isDropped ? 0 : reachBeyond(adjoint, axis, high);
  };
  return {reach(false), reach(true)};
}

/// The transpose at a position, over rows that exist.
Value CellEmitter::transposeAt(AdjointOp adjoint, const Position &cell) {
  FieldType rows = adjoint.getField().getType();
  FieldType made = adjoint.getResult().getType();
  StencilOp stencil = adjoint.getOperator();
  std::vector<Tap> taps = tapsOf(stencil);
  std::reverse(taps.begin(), taps.end());
  Value sum = weightedSum(taps, [&](ArrayRef<int64_t> offset) -> Value {
    loc = adjoint.getLoc();
    Position inside;
    Value isOut;
    for (unsigned axis = 0; axis < rank(); ++axis) {
      Value position = shifted(cell[axis], -offset[axis]);
      // Positions beyond the cells are rows of the result, or spill over.
      Reach beyond = spilledReach(adjoint, axis);
      beyond.include({made.lowRows(axis), made.highRows(axis)});
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

/// One position that is made of a cell: itself, or one beyond a side.
struct CellEmitter::Image {
  Value position;
  Value isNear; ///< whether the cell is one that it is made of; null: always
  Value weight; ///< of the cell, in f64; null: none
};

/// How many images a cell may have beyond each side: one mirror image, or, of
/// the two outermost cells, all positions that the transpose reaches.
Reach CellEmitter::numImages(AdjointOp adjoint, unsigned axis) {
  Reach reach = spilledReach(adjoint, axis);
  auto number = [&](bool high, int64_t far) {
    bool isMirror =
        meaningOf(ruleOf(adjoint, axis, high)).cells == CellsInside::Mirror;
    return isMirror ? std::min<int64_t>(far, 1) : far;
  };
  return {number(false, reach.low), number(true, reach.high)};
}

/// Adds a cell's images beyond one side in ascending positions.
void CellEmitter::addImages(AdjointOp adjoint, unsigned axis, bool high,
                            Value cell, SmallVectorImpl<Image> &images) {
  Reach all = spilledReach(adjoint, axis);
  int64_t reach = high ? all.high : all.low;
  if (reach == 0)
    return;
  const BoundaryRule &rule = meaningOf(ruleOf(adjoint, axis, high));
  SideOperands side = operandsOf(adjoint, axis, high);
  Value last = shifted(sizes[axis], -1);
  // As far from the side as the cell is, which is the outermost one at 1.
  auto depth = [&] {
    return high ? subtract(sizes[axis], cell) : shifted(cell, 1);
  };
  if (rule.cells == CellsInside::Mirror) {
    Value image = high ? subtract(add(last, sizes[axis]), cell)
                       : subtract(index(-1), cell);
    Value isNear =
        high ? less(shifted(last, -reach), cell) : less(cell, index(reach));
    Value weight;
    if (rule.isWeighted())
      weight = atDistance(depth(), reach,
                          [&](int64_t d) { return side.weight(d, 0); });
    images.push_back({image, isNear, weight});
    return;
  }
  Value isEnd = less(depth(), index(2)), isNear = less(depth(), index(3));
  for (int64_t i = 1; i <= reach; ++i) {
    int64_t d = high ? i : reach + 1 - i;
    Value weight =
        select(isEnd, scalar(side.weight(d, 0)), scalar(side.weight(d, 1)));
    images.push_back(
        {high ? shifted(sizes[axis], d - 1) : index(-d), isNear, weight});
  }
}

/// A position beyond sides, whether a cell is one that it is made of, and the
/// weights of the sides that it crosses, the last axis' first.
struct CellEmitter::Spill {
  Position position;
  Value isReached;
  struct Weight {
    Value isCrossed, weight;
  };
  SmallVector<Weight, 3> weights;
};

/// Number `which`, in ascending lexicographic order, of a cell's images.
CellEmitter::Spill CellEmitter::spilled(AdjointOp adjoint, Value which,
                                        const Position &cell) {
  Spill spill{cell, {}, {}};
  for (unsigned axis = rank(); axis-- > 0;) {
    Reach all = numImages(adjoint, axis);
    int64_t number = 1 + all.low + all.high;
    if (number == 1)
      continue;
    Value choice = builder.create<arith::RemUIOp>(loc, which, index(number));
    which = builder.create<arith::DivUIOp>(loc, which, index(number));
    SmallVector<Image> images;
    addImages(adjoint, axis, false, cell[axis], images);
    size_t own = images.size();
    images.push_back({cell[axis], {}, {}});
    addImages(adjoint, axis, true, cell[axis], images);
    for (auto [i, image] : llvm::enumerate(images)) {
      if (i == own)
        continue;
      Value imageNumber = index(i);
      auto compare = [&](arith::CmpIPredicate predicate) -> Value {
        return builder.create<arith::CmpIOp>(loc, predicate, choice,
                                             imageNumber);
      };
      Value isIt = compare(arith::CmpIPredicate::eq);
      spill.position[axis] = select(isIt, image.position, spill.position[axis]);
      Value isOther = compare(arith::CmpIPredicate::ne);
      spill.isReached = both(spill.isReached, either(isOther, image.isNear));
      if (image.weight)
        spill.weights.push_back({isIt, image.weight});
    }
  }
  return spill;
}

/// The transpose, and what it spills over sides, brought back to the cells that
/// positions there are made of: the cell's own sum first.
Value CellEmitter::adjointAnywhere(AdjointOp adjoint, const Position &cell) {
  int64_t count = 1, ownNumber = 0;
  for (unsigned axis = 0; axis < rank(); ++axis) {
    Reach images = numImages(adjoint, axis);
    int64_t here = 1 + images.low + images.high;
    ownNumber = ownNumber * here + images.low;
    count *= here;
  }
  if (count == 1)
    return transposeAt(adjoint, cell);
  Value start = zero(), one = index(1), own = index(ownNumber);
  auto loop =
      builder.create<scf::ForOp>(loc, index(0), index(count), one, start);
  Known before = known;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  Value turn = loop.getInductionVar(), sum = loop.getRegionIterArg(0);
  Value isFirst = less(turn, one);
  Value which = select(less(own, turn), turn, subtract(turn, one));
  which = select(isFirst, own, which);
  Spill spill = spilled(adjoint, which, cell);
  auto choice = builder.create<scf::IfOp>(loc, sum.getType(), spill.isReached,
                                          /*withElseRegion=*/true);
  builder.create<scf::YieldOp>(loc, choice.getResult(0));
  builder.setInsertionPointToStart(choice.thenBlock());
  Value more = transposeAt(adjoint, spill.position);
  for (auto [isCrossed, weight] : spill.weights)
    more = select(isCrossed, times(weight, more), more);
  Value both = builder.create<arith::AddFOp>(loc, sum, more);
  builder.create<scf::YieldOp>(loc, select(isFirst, more, both));
  builder.setInsertionPointToStart(choice.elseBlock());
  builder.create<scf::YieldOp>(loc, sum);
  known = before;
  return loop.getResult(0);
}

} // namespace pdec::kernel
