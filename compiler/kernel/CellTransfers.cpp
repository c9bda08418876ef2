//===- CellTransfers.cpp - code for one cell: between grids ---------------===//

#include "compiler/kernel/CellEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

/// The cell of the sweep's grid at a position, which may lie beyond periodic
/// sides.
Position CellEmitter::cellOf(const Position &position) {
  Position cell = position;
  for (unsigned axis = 0; axis < rank(); ++axis)
    if (isPeriodic(axis))
      cell[axis] = wrapped(position[axis], sizes[axis]);
  return cell;
}

/// A stored field of another grid at a position, zero beyond its sides unless
/// they are periodic.
Value CellEmitter::loadOrZero(Value field, GridOp grid, Position position) {
  ArrayRef<Value> theirs = context.fields.find(field)->second.sizes;
  Value isOut;
  for (unsigned axis = 0; axis < rank(); ++axis) {
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
  Value value = load(field, position);
  return isOut ? select(isOut, zero(), value) : value;
}

/// An axis along which a coarser grid has every second cell.
static bool isHalved(GridOp coarse, unsigned axis) {
  return coarse.axis(axis).getCoarsening() != Coarsening::Same;
}

Value CellEmitter::restrictAnywhere(RestrictOp op, const Position &position) {
  GridOp fine = gridOf(context.row, op.getField().getType());
  Position cell = cellOf(position);
  for (unsigned axis = 0; axis < rank(); ++axis)
    if (isHalved(context.grid, axis))
      cell[axis] = add(cell[axis], cell[axis]);
  auto read = [&](ArrayRef<int64_t> offset) {
    return loadOrZero(op.getField(), fine, shifted(cell, offset));
  };
  return scaled(op.getOperator(), weightedSum(tapsOf(op.getOperator()), read));
}

/// Taps whose quotient is not whole are left out of the sum, which the first
/// one that is starts.
Value CellEmitter::prolongAnywhere(ProlongOp op, const Position &position) {
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
    Value term =
        weighted(tap, loadOrZero(op.getField(), coarse, there), subtracts);
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

} // namespace pdec::kernel
