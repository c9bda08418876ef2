//===- LowerChannels.cpp - operators between lists as calls ---------------===//
//
// Such an operator goes over whole fields by itself, as a sweep does: a call of
// the runtime, whose size is that of its lists.
//
//===----------------------------------------------------------------------===//

#include "compiler/kernel/Lowering.h"
#include "runtime/pde_runtime.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

/// Pointers side by side in memory.
Value Lowering::pointersTo(Location loc, ValueRange memory) {
  Value slots = stackSlots(loc, memory.size());
  for (auto [i, one] : llvm::enumerate(memory))
    setSlot(loc, slots, i, one);
  return slots;
}

/// A pde_channels, whose members are all integers of eight bytes. Axes that the
/// grid lacks come first.
Value Lowering::channelsRecord(Operation *op, const ChannelShape &shape,
                               FieldType out, FieldType in) {
  Location loc = op->getLoc();
  GridOp grid = gridOf(op, out);
  Value record = stackSlots(loc, sizeof(pde_channels) / sizeof(int64_t));
  unsigned slot = 0;
  auto add = [&](Value value) { setSlot(loc, record, slot++, value); };
  auto addAxes = [&](int64_t missing, function_ref<Value(unsigned)> ofAxis) {
    for (unsigned axis = grid.rank(); axis < PDE_MAX_RANK; ++axis)
      add(index(loc, missing));
    for (unsigned axis = 0; axis < grid.rank(); ++axis)
      add(ofAxis(axis));
  };
  auto isCircle = [&](unsigned axis) {
    return grid.axis(axis).getLow() == Boundary::Periodic;
  };
  auto sizes = [&](FieldType type) {
    return [this, loc, grid, type](unsigned axis) mutable -> Value {
      int64_t extra = type.lowRows(axis) + type.highRows(axis);
      return builder.create<arith::AddIOp>(loc, sizeOf(grid.getSymName(), axis),
                                           index(loc, extra));
    };
  };
  add(index(loc, shape.out()));
  add(index(loc, shape.in()));
  addAxes(1, [&](unsigned axis) { return index(loc, shape.taps[axis]); });
  addAxes(0, [&](unsigned axis) {
    return index(loc, isCircle(axis) ? shape.first[axis] : 0);
  });
  addAxes(0, [&](unsigned axis) { return index(loc, isCircle(axis)); });
  addAxes(1, sizes(in));
  addAxes(1, sizes(out));
  return record;
}

void Lowering::lowerConvolve(ConvolveOp op) {
  Location loc = op.getLoc();
  ChannelShape shape(op.getExtents(), op.getFirst());
  Value place = blockOf(*op, op.getIndices(), op.getExtents(), shape.count());
  Value record =
      channelsRecord(op, shape, cast<FieldType>(outsOf(op)[0].getType()),
                     cast<FieldType>(insOf(op)[0].getType()));
  Value x = pointersTo(loc, mapped(op.getFields()));
  SmallVector<Value> targets;
  for (Value result : op.getResults())
    targets.push_back(buffers.take(cast<FieldType>(result.getType())));
  call(loc, "pde_convolve",
       {context, record, small(loc, op.getTransposed()),
        mapping.lookup(op.getWeights()), place, x, pointersTo(loc, targets)});
  for (auto [result, memory] : llvm::zip(op.getResults(), targets))
    mapping.map(result, memory);
}

void Lowering::lowerCorrelate(CorrelateOp op) {
  Location loc = op.getLoc();
  ChannelShape shape(op.getExtents(), op.getFirst());
  FieldType made = op.getResult().getType();
  Value place = blockOf(*op, op.getIndices(), op.getExtents(), shape.count());
  Value record =
      channelsRecord(op, shape, cast<FieldType>(op.getFactors()[0].getType()),
                     cast<FieldType>(op.getFields()[0].getType()));
  Value target = buffers.take(made);
  call(loc, "pde_correlate",
       {context, record, pointersTo(loc, mapped(op.getFactors())),
        pointersTo(loc, mapped(op.getFields())), target, place, cellsOf(made)});
  mapping.map(op.getResult(), target);
}

} // namespace pdec::kernel
