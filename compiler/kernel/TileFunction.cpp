//===- TileFunction.cpp - sweeps on grids of one axis ---------------------===//

#include "compiler/kernel/FunctionBuilder.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

namespace {

/// Builds one tile function. A tile owns cells [tileBegin, tileEnd) of the
/// result. To advance s steps it starts from a range wider by s halos and
/// computes, step by step, what the remaining steps still need; neighbours
/// compute the overlap again, so that tiles never wait for each other.
class TileBuilder : FunctionBuilder {
public:
  TileBuilder(ModuleOp module, StringRef name, SweepOp sweep, Passes passes,
              const SweepOptions &options)
      : FunctionBuilder(module, name, sweep, passes, options) {
    chooseTile(options);
  }

  SweepFunction build();

private:
  int64_t tileCells = 0;
  /// Cells that a carried field is read beyond a step's range.
  Reach halo;
  /// Cells that any buffer is wider than the range of a step.
  Reach margin;
  int64_t bufferCells = 0;
  /// Leaves that tiles copy with their surroundings.
  SmallVector<Value> copied;

  // Values of the function under construction.
  Value size, tileBegin, tileEnd, firstStep, numSteps, bufferBase;

  bool hasSeveral() const { return passes == Passes::Several; }
  unsigned numStates() { return sweep.getNumResults(); }
  Value pass() { return sweep.getBody().getArgument(0); }
  ValueRange carried() {
    auto arguments = sweep.getBody().getArguments();
    return hasSeveral() ? arguments.slice(1, numStates()) : ValueRange();
  }
  void chooseTile(const SweepOptions &options);

  /// Scratch buffer number `which`, biased by the tile's place.
  Value buffer(unsigned which) {
    return address(scratch, sub(index(which * bufferCells), bufferBase));
  }
  /// The memory of result `i`, and of the carried field that it is next.
  Value stateInSlot(unsigned slot, unsigned i) {
    return fieldInSlot(slot + i, cast<FieldType>(sweep.getType(i)), sizes).base;
  }

  // The code.
  void openTile();
  void bringPeriodic(Value leaf, Value from, Value to, Reach reach);
  void copyWrapped(Value from, Value to, Value begin, Value end);
  void advance(Value step, ValueRange outputs);
  void emitStage(const Stage &stage, Value begin, Value end, Value output);
  void emitSteps();
  void emitOnce();
};

} // namespace

//===----------------------------------------------------------------------===//
// Planning
//===----------------------------------------------------------------------===//

/// Sizes a tile so that its buffers fit the given cache, and the number of
/// steps so that cells computed twice stay a small part.
void TileBuilder::chooseTile(const SweepOptions &options) {
  unsigned buffers = 0;
  for (const Stage &stage : plan.stages)
    buffers += stage.result < 0;
  buffers += hasSeveral() ? 2 * numStates() : 1;
  int64_t cells = options.tileBytes / (elementBytes * buffers);
  tileCells = std::max<int64_t>(256, cells / 64 * 64);
  result.blockCells = {tileCells};
  for (auto &[leaf, reach] : plan.leaves)
    if (llvm::is_contained(carried(), leaf))
      halo.include(reach[0]);
  for (const Stage &stage : plan.stages)
    margin.include(stage.reach[0]);
  for (auto &[leaf, reach] : plan.leaves)
    margin.include(reach[0]);
  if (plan.copiesPeriodic())
    for (Value leaf :
         sweep.getBody().getArguments().drop_front(layout.firstCapture))
      if (plan.leaves.count(leaf) && plan.isOwnGrid(leaf))
        copied.push_back(leaf);
  if (hasSeveral()) {
    // Half of the steps' halos is computed twice on average: 1/32 of a tile.
    int64_t both = std::max<int64_t>(1, halo.low + halo.high);
    result.maxSteps =
        std::clamp<int64_t>(tileCells / 16 / both, 1, options.maxSteps);
  }
  int64_t steps = result.maxSteps;
  bufferCells = tileCells + (halo.low + halo.high) * steps + margin.low +
                margin.high + 2 * width;
  // Buffers at multiples of a page would share cache sets.
  int64_t line = 64 / elementBytes;
  bufferCells = (bufferCells / line + 1) * line + 17 * line;
  unsigned all = buffers + copied.size();
  result.scratchBytes = (all * bufferCells + 2 * line) * elementBytes;
}

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

void TileBuilder::openTile() {
  openFunction();
  Type i64 = builder.getI64Type();
  size = sizes[0];
  firstStep = slot(layout.firstStepSlot(), i64);
  numSteps = slot(layout.stepsSlot(), i64);
  tileBegin = mul(task, tileCells);
  tileEnd = least(add(tileBegin, tileCells), size);
  bufferBase = add(tileBegin, -(halo.low * result.maxSteps + margin.low));
}

/// Copies rows [begin, end) of a periodic field to a buffer.
void TileBuilder::copyWrapped(Value from, Value to, Value begin, Value end) {
  Value isInside = builder.create<arith::AndIOp>(
      loc,
      builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::sge, begin,
                                    index(0)),
      builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::sle, end, size));
  builder.create<scf::IfOp>(
      loc, isInside,
      [&](OpBuilder &, Location) {
        OpBuilder::InsertionGuard guard(builder);
        Value bytes = mul(sub(end, begin), elementBytes);
        builder.create<LLVM::MemcpyOp>(loc, address(to, begin),
                                       address(from, begin), bytes,
                                       /*isVolatile=*/false);
        builder.create<scf::YieldOp>(loc);
      },
      [&](OpBuilder &, Location) {
        OpBuilder::InsertionGuard guard(builder);
        auto loop = builder.create<scf::ForOp>(loc, begin, end, index(1));
        builder.setInsertionPointToStart(loop.getBody());
        Value row = loop.getInductionVar();
        auto remainder = [&](Value value) -> Value {
          return builder.create<arith::RemSIOp>(loc, value, size);
        };
        Value wrapped = remainder(add(remainder(row), size));
        Value value = builder.create<LLVM::LoadOp>(
            loc, element, address(from, wrapped), elementBytes);
        builder.create<LLVM::StoreOp>(loc, value, address(to, row),
                                      elementBytes);
        builder.setInsertionPointAfter(loop);
        builder.create<scf::YieldOp>(loc);
      });
}

/// Periodic fields are read from buffers that continue beyond the sides; then
/// every row is an interior row.
void TileBuilder::bringPeriodic(Value leaf, Value from, Value to, Reach reach) {
  Value ahead = add(numSteps, -1);
  Value begin = sub(add(tileBegin, -reach.low), mul(ahead, halo.low));
  Value end = add(add(tileEnd, reach.high), mul(ahead, halo.high));
  copyWrapped(from, to, begin, end);
  fields[leaf] = {to, {}, {}};
}

//===----------------------------------------------------------------------===//
// Stages
//===----------------------------------------------------------------------===//

/// Rows [begin, end) of a stage, as far as the field has them.
void TileBuilder::emitStage(const Stage &stage, Value begin, Value end,
                            Value output) {
  auto type = cast<FieldType>(stage.value.getType());
  if (!plan.isPeriodic(0)) {
    begin = greatest(begin, index(-type.lowRows(0)));
    end = least(end, add(size, type.highRows(0)));
  }
  // A tile may need no row of what the field has.
  end = greatest(begin, end);
  StoredField field{output, {}, {}};
  if (definitionOf(stage.value).isTransfer())
    return emitSides(stage, field, Position(1), begin, end, end, end);
  int64_t low = stage.boundary[0].low, high = stage.boundary[0].high;
  if (low <= -type.lowRows(0) && high <= -type.highRows(0))
    return emitInterior(stage, field, Position(1), begin, end);
  Value middle = least(greatest(index(low), begin), end);
  Value rest = least(greatest(add(size, -high), middle), end);
  emitSides(stage, field, Position(1), begin, middle, rest, end);
  emitInterior(stage, field, Position(1), middle, rest);
}

/// One step: all stages, on the rows that the steps after it still need.
void TileBuilder::advance(Value step, ValueRange outputs) {
  Value after = sub(add(numSteps, -1), step);
  Value begin = sub(tileBegin, mul(after, halo.low));
  Value end = add(tileEnd, mul(after, halo.high));
  unsigned number = hasSeveral() ? 2 * numStates() : 0;
  number += copied.size();
  for (const Stage &stage : plan.stages) {
    Value from = add(begin, -stage.reach[0].low);
    Value to = add(end, stage.reach[0].high);
    if (stage.result >= 0) {
      // Rows beyond the grid belong to the first and the last tile.
      auto pick = [&](arith::CmpIPredicate outside, Value edge, Value bound,
                      Value beyond) -> Value {
        Value isOut = builder.create<arith::CmpIOp>(loc, outside, edge, bound);
        return builder.create<arith::SelectOp>(loc, isOut, beyond, edge);
      };
      from = pick(arith::CmpIPredicate::sle, begin, index(0), from);
      to = pick(arith::CmpIPredicate::sge, end, size, to);
      emitApart([&] { emitStage(stage, from, to, outputs[stage.result]); });
      continue;
    }
    Value memory = buffer(number++);
    emitApart([&] { emitStage(stage, from, to, memory); });
    fields[stage.value] = {memory, {}, {}};
  }
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

/// The first step reads the whole fields, the last one writes them; those
/// between go to and fro between two buffers for each field.
void TileBuilder::emitSteps() {
  unsigned states = numStates();
  SmallVector<Value> current, next, other, targets, iterated;
  for (unsigned i = 0; i < states; ++i) {
    current.push_back(stateInSlot(layout.currentSlot(), i));
    targets.push_back(stateInSlot(layout.targetSlot(), i));
    next.push_back(buffer(2 * i));
    other.push_back(buffer(2 * i + 1));
  }
  if (plan.copiesPeriodic()) {
    for (auto [i, state] : llvm::enumerate(carried())) {
      auto found = plan.leaves.find(state);
      Reach reach = found == plan.leaves.end() ? Reach() : found->second[0];
      bringPeriodic(state, current[i], other[i], reach);
      current[i] = other[i];
    }
    for (auto [i, leaf] : llvm::enumerate(copied))
      bringPeriodic(leaf, fields[leaf].base, buffer(2 * states + i),
                    plan.leaves.find(leaf)->second[0]);
  }
  for (auto *part : {&current, &next, &other})
    iterated.append(*part);
  auto loop =
      builder.create<scf::ForOp>(loc, index(0), numSteps, index(1), iterated);
  builder.setInsertionPointToStart(loop.getBody());
  Value step = loop.getInductionVar();
  auto arguments = loop.getRegionIterArgs();
  Value isLast = builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq,
                                               step, add(numSteps, -1));
  SmallVector<Value> outputs, yields;
  for (unsigned i = 0; i < states; ++i) {
    fields[carried()[i]] = {arguments[i], {}, {}};
    outputs.push_back(builder.create<arith::SelectOp>(loc, isLast, targets[i],
                                                      arguments[states + i]));
  }
  scalars.map(pass(), add(firstStep, step));
  cloneScalars();
  advance(step, outputs);
  yields = outputs;
  yields.append(arguments.begin() + 2 * states, arguments.end());
  yields.append(arguments.begin() + states, arguments.begin() + 2 * states);
  builder.create<scf::YieldOp>(loc, yields);
  builder.setInsertionPointAfter(loop);
}

void TileBuilder::emitOnce() {
  unsigned states = numStates();
  SmallVector<Value> outputs;
  for (unsigned i = 0; i < states; ++i)
    outputs.push_back(stateInSlot(layout.targetSlot(), i));
  for (auto [i, leaf] : llvm::enumerate(copied))
    bringPeriodic(leaf, fields[leaf].base, buffer(i),
                  plan.leaves.find(leaf)->second[0]);
  cloneScalars();
  advance(index(0), outputs);
}

SweepFunction TileBuilder::build() {
  openTile();
  if (hasSeveral())
    emitSteps();
  else
    emitOnce();
  builder.create<func::ReturnOp>(loc);
  return result;
}

SweepFunction makeTileFunction(ModuleOp module, StringRef name, SweepOp sweep,
                               Passes passes, const SweepOptions &options) {
  return TileBuilder(module, name, sweep, passes, options).build();
}

} // namespace pdec::kernel
