//===- CellTransfers.cpp - code for one cell: between grids ---------------===//

#include "compiler/kernel/CellEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

//===----------------------------------------------------------------------===//
// Cells of another grid
//===----------------------------------------------------------------------===//

/// Whether positions along an axis may lie beyond the sides of either grid. In
/// the interior none do, and vectors are interior along the last axis.
bool CellEmitter::mayBeOutside(unsigned axis) const {
  return !isInside && (width == 1 || axis + 1 < rank());
}

/// The cell of the sweep's grid at a position, which may lie beyond periodic
/// sides.
Position CellEmitter::cellOf(const Position &position) {
  Position cell = position;
  for (unsigned axis = 0; axis < rank(); ++axis)
    if (isPeriodic(axis) && mayBeOutside(axis))
      cell[axis] = wrapped(position[axis], sizes[axis]);
  return cell;
}

/// What `load` finds at a position of another grid, zero beyond its sides
/// unless they are periodic.
Value CellEmitter::loadOrZero(Value field, GridOp grid, Position position,
                              function_ref<Value(const Position &)> load) {
  ArrayRef<Value> theirs = context.fields.find(field)->second.sizes;
  Value isOut;
  for (unsigned axis = 0; axis < rank(); ++axis) {
    if (!mayBeOutside(axis))
      continue;
    if (kernel::isPeriodic(grid, axis)) {
      position[axis] = wrapped(position[axis], theirs[axis]);
      continue;
    }
    Value first = index(0), last = shifted(theirs[axis], -1);
    Value isLow = less(position[axis], first);
    Value isHigh = less(last, position[axis]);
    position[axis] = select(isLow, first, position[axis]);
    position[axis] = select(isHigh, last, position[axis]);
    isOut = either(isOut, either(isLow, isHigh));
  }
  Value value = load(position);
  if (!isOut)
    return value;
  Value none = builder.create<arith::ConstantOp>(
      loc, cast<TypedAttr>(builder.getZeroAttr(value.getType())));
  return select(isOut, none, value);
}

/// Lanes first, first + step, ... of two vectors, one behind the other.
Value CellEmitter::everyOther(Value low, Value high, unsigned first,
                              unsigned count, unsigned step) {
  SmallVector<int64_t> lanes;
  for (unsigned i = 0; i < count; ++i)
    lanes.push_back(first + i * step);
  return builder.create<vector::ShuffleOp>(loc, low, high, lanes);
}

/// So many cells of a stored field from one on, those under the mask if any.
Value CellEmitter::loadLanes(Value field, const Position &cell, unsigned lanes,
                             Value lanesMask) {
  Value place = address(context.fields.find(field)->second, cell);
  Type type = VectorType::get({int64_t(lanes)}, element);
  if (!lanesMask)
    return builder.create<LLVM::LoadOp>(loc, type, place, alignment());
  Value none = builder.create<arith::ConstantOp>(
      loc, cast<TypedAttr>(builder.getZeroAttr(type)));
  return builder.create<LLVM::MaskedLoadOp>(loc, type, place, lanesMask, none,
                                            alignment());
}

//===----------------------------------------------------------------------===//
// Restriction
//===----------------------------------------------------------------------===//

/// Every second cell from one on. Two vectors hold these and the cells between;
/// `fromBefore` takes the cells before them instead of those behind, so that no
/// cell is loaded which is beyond all that a stencil reads. One of a single tap
/// loads one more, which memory has.
Value CellEmitter::loadEverySecond(Value field, const Position &cell,
                                   bool fromBefore) {
  Position start = cell;
  if (fromBefore)
    start.back() = shifted(start.back(), -1);
  Position next = start;
  next.back() = shifted(start.back(), width);
  Value lowMask, highMask;
  if (mask) {
    SmallVector<int64_t> twice[2];
    for (unsigned lane = 0; lane < 2 * width; ++lane)
      twice[lane / width].push_back(lane / 2);
    lowMask = builder.create<vector::ShuffleOp>(loc, mask, mask, twice[0]);
    highMask = builder.create<vector::ShuffleOp>(loc, mask, mask, twice[1]);
  }
  return everyOther(loadLanes(field, start, width, lowMask),
                    loadLanes(field, next, width, highMask), fromBefore, width,
                    2);
}

Value CellEmitter::restricted(RestrictOp op, const Position &position) {
  GridOp fine = gridOf(context.row, op.getField().getType());
  Position cell = cellOf(position);
  for (unsigned axis = 0; axis < rank(); ++axis)
    if (isHalved(context.grid, axis))
      cell[axis] = add(cell[axis], cell[axis]);
  bool isStrided = width > 1 && isHalved(context.grid, rank() - 1);
  std::pair<int64_t, int64_t> span = op.getOperator().span(rank() - 1);
  auto read = [&](ArrayRef<int64_t> offset) {
    bool isOdd = (offset.back() - span.first) % 2 != 0;
    bool fromBefore =
        span.first < span.second && (isOdd || offset.back() == span.second);
    return loadOrZero(
        op.getField(), fine, shifted(cell, offset), [&](const Position &place) {
          return isStrided ? loadEverySecond(op.getField(), place, fromBefore)
                           : load(op.getField(), place);
        });
  };
  return scaled(op.getOperator(), weightedSum(tapsOf(op.getOperator()), read));
}

//===----------------------------------------------------------------------===//
// Prolongation
//===----------------------------------------------------------------------===//

/// Which of some cells, from one on, are none beyond the sides.
Value CellEmitter::lanesInside(Value first, unsigned lanes, Value size) {
  Value cells = numbered(first, lanes);
  // Negative numbers are larger than all sizes.
  return builder.create<arith::CmpIOp>(
      loc, arith::CmpIPredicate::ult, cells,
      builder.create<vector::BroadcastOp>(loc, cells.getType(), size));
}

/// Of some cells that have the same taps, which are known: of each axis along
/// which the coarser grid has every second cell, `halves` is half the even row
/// at or before the first cell, and `odd` how far that lies behind it.
Value CellEmitter::prolongedAlike(ProlongOp op, const Position &halves,
                                  ArrayRef<int64_t> odd, unsigned lanes,
                                  Value lanesMask) {
  GridOp coarse = gridOf(context.row, op.getField().getType());
  std::vector<Tap> taps;
  for (Tap &tap : tapsOf(op.getOperator())) {
    bool hits = true;
    for (unsigned axis = 0; axis < rank(); ++axis) {
      tap.offset[axis] = odd[axis] - tap.offset[axis];
      if (!isHalved(coarse, axis))
        continue;
      hits &= tap.offset[axis] % 2 == 0;
      tap.offset[axis] /= 2;
    }
    if (hits)
      taps.push_back(tap);
  }
  std::reverse(taps.begin(), taps.end());
  if (taps.empty())
    return builder.create<arith::ConstantOp>(
        loc, cast<TypedAttr>(builder.getZeroAttr(
                 VectorType::get({int64_t(lanes)}, element))));
  ArrayRef<Value> theirs = context.fields.find(op.getField())->second.sizes;
  return weightedSum(taps, [&](ArrayRef<int64_t> offset) {
    return loadOrZero(op.getField(), coarse, shifted(halves, offset),
                      [&](const Position &place) {
                        Value loaded = lanesMask;
                        if (crossesSides)
                          loaded = both(loaded, lanesInside(place.back(), lanes,
                                                            theirs.back()));
                        return loadLanes(op.getField(), place, lanes, loaded);
                      });
  });
}

/// A vector of cells at this distance from a position that is even along the
/// last axis, if that is halved, and of the context's parities along others.
/// Even and odd lanes have taps of their own and are computed apart.
Value CellEmitter::prolonged(ProlongOp op, const Position &position,
                             ArrayRef<int64_t> offset) {
  GridOp coarse = gridOf(context.row, op.getField().getType());
  Position halves = cellOf(position);
  Offset odd(offset);
  for (unsigned axis = 0; axis < rank(); ++axis) {
    if (!isHalved(coarse, axis))
      continue;
    halves[axis] = builder.create<arith::ShRSIOp>(loc, halves[axis], index(1));
    if (axis + 1 < rank())
      odd[axis] += context.isOdd[axis];
  }
  if (!isHalved(coarse, rank() - 1))
    return scaled(op.getOperator(),
                  prolongedAlike(op, halves, odd, width, mask));
  Value lanes[2];
  for (unsigned parity : {0, 1}) {
    Value half = mask ? everyOther(mask, mask, parity, width / 2, 2) : Value();
    lanes[parity] = prolongedAlike(op, halves, odd, width / 2, half);
    ++odd.back();
  }
  SmallVector<int64_t> inTurns;
  for (unsigned lane = 0; lane < width; ++lane)
    inTurns.push_back(lane / 2 + lane % 2 * (width / 2));
  return scaled(op.getOperator(), builder.create<vector::ShuffleOp>(
                                      loc, lanes[0], lanes[1], inTurns));
}

/// One cell. Taps whose quotient is not whole are left out of the sum, which
/// the first one that is starts.
Value CellEmitter::prolongedCell(ProlongOp op, const Position &position) {
  GridOp coarse = gridOf(context.row, op.getField().getType());
  Position cell = cellOf(position);
  std::vector<Tap> taps = tapsOf(op.getOperator());
  Value sum = zero(), hasTerm;
  for (const Tap &tap : llvm::reverse(taps)) {
    Position there;
    Value hits;
    for (unsigned axis = 0; axis < rank(); ++axis) {
      Value distance = shifted(cell[axis], -tap.offset[axis]);
      if (isHalved(coarse, axis)) {
        Value odd = builder.create<arith::AndIOp>(loc, distance, index(1));
        hits = both(hits, builder.create<arith::CmpIOp>(
                              loc, arith::CmpIPredicate::eq, odd, index(0)));
        distance = builder.create<arith::DivSIOp>(loc, subtract(distance, odd),
                                                  index(2));
      }
      there.push_back(distance);
    }
    bool subtracts;
    Value value =
        loadOrZero(op.getField(), coarse, there, [&](const Position &place) {
          return load(op.getField(), place);
        });
    Value term = weighted(tap, value, subtracts);
    Value start =
        subtracts ? Value(builder.create<arith::NegFOp>(loc, term)) : term;
    Value more = subtracts
                     ? Value(builder.create<arith::SubFOp>(loc, sum, term))
                     : Value(builder.create<arith::AddFOp>(loc, sum, term));
    // Without halved axes, every tap hits.
    Value next = start;
    if (&tap != &taps.back())
      next = hasTerm ? select(hasTerm, more, start) : more;
    sum = hits ? select(hits, next, sum) : next;
    hasTerm = hits ? either(hasTerm, hits) : Value();
  }
  return scaled(op.getOperator(), sum);
}

Value CellEmitter::transferred(FieldOpInterface op, const Position &position,
                               ArrayRef<int64_t> offset) {
  if (auto restriction = dyn_cast<RestrictOp>(op.getOperation()))
    return restricted(restriction, shifted(position, offset));
  auto prolongation = cast<ProlongOp>(op.getOperation());
  if (width == 1)
    return prolongedCell(prolongation, shifted(position, offset));
  return prolonged(prolongation, position, offset);
}

} // namespace pdec::kernel
