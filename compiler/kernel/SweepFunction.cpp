//===- SweepFunction.cpp - the function that computes tiles ---------------===//

#include "compiler/kernel/SweepFunction.h"
#include "compiler/abi/RuntimeAbi.h"
#include "compiler/kernel/CellEmitter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

namespace {

/// Builds one tile function. A tile owns cells [tileBegin, tileEnd) of the
/// result. To advance s steps it starts from a range wider by s halos and
/// computes, step by step, what the remaining steps still need; neighbours
/// compute the overlap again, so that tiles never wait for each other.
class Builder {
public:
  Builder(ModuleOp module, SweepOp sweep, StepsOp steps,
          const TileOptions &options)
      : module(module), sweep(sweep), steps(steps), plan(sweep),
        builder(module.getContext()), loc(sweep.getLoc()),
        element(cast<FieldType>(sweep.getResult(0).getType()).getElement()),
        elementBytes(element.getIntOrFloatBitWidth() / 8),
        width(std::max(1u, options.vectorBytes / elementBytes)) {
    result.states = sweep.getNumResults();
    collectCaptures();
    chooseTile(options);
  }

  SweepFunction build();

private:
  ModuleOp module;
  SweepOp sweep;
  StepsOp steps;
  SweepPlan plan;
  OpBuilder builder;
  Location loc;
  Type element;
  unsigned elementBytes, width;
  SweepFunction result;

  /// Cells that a carried field is read beyond a step's range.
  Reach halo;
  /// Cells that any buffer is wider than the range of a step.
  Reach margin;
  int64_t bufferCells = 0;

  // Values of the function under construction.
  Value closure, scratch, context, size, tileBegin, tileEnd, firstStep,
      numSteps, bufferBase;
  CellEmitter::Bases bases;
  IRMapping scalars;

  // Planning.
  ValueRange carried() {
    return steps ? ValueRange(steps.getBody().getArguments().drop_front())
                 : ValueRange();
  }
  unsigned numStates() { return sweep.getNumResults(); }
  bool isCarried(Value value) {
    return steps && value.getParentBlock() == &steps.getBody().front();
  }
  void collectCaptures();
  void captureScalar(Value value, llvm::DenseSet<Value> &seen);
  void chooseTile(const TileOptions &options);

  // Small pieces of code.
  Value index(int64_t value) {
    return builder.create<arith::ConstantOp>(loc,
                                             builder.getI64IntegerAttr(value));
  }
  Value add(Value a, Value b) {
    return builder.create<arith::AddIOp>(loc, a, b);
  }
  Value add(Value a, int64_t b) { return b ? add(a, index(b)) : a; }
  Value sub(Value a, Value b) {
    return builder.create<arith::SubIOp>(loc, a, b);
  }
  Value mul(Value a, int64_t b) {
    return builder.create<arith::MulIOp>(loc, a, index(b));
  }
  Value least(Value a, Value b) {
    return builder.create<arith::MinSIOp>(loc, a, b);
  }
  Value greatest(Value a, Value b) {
    return builder.create<arith::MaxSIOp>(loc, a, b);
  }
  Type pointer() { return LLVM::LLVMPointerType::get(builder.getContext()); }
  Value slot(unsigned position, Type type) {
    Value address = builder.create<LLVM::GEPOp>(
        loc, pointer(), builder.getI64Type(), closure,
        ArrayRef<LLVM::GEPArg>{int32_t(position)});
    return builder.create<LLVM::LoadOp>(loc, type, address);
  }
  Value address(Value base, Value row) {
    return builder.create<LLVM::GEPOp>(loc, pointer(), element, base,
                                       ValueRange(row));
  }
  /// Scratch buffer number `which`, biased by the tile's place.
  Value buffer(unsigned which) {
    return address(scratch, sub(index(which * bufferCells), bufferBase));
  }

  // The code.
  void openFunction();
  void loadScalars();
  void bringPeriodic(Value leaf, Value from, Value to, Reach reach);
  void copyWrapped(Value from, Value to, Value begin, Value end);
  void advance(Value step, ValueRange outputs);
  void cloneScalars(Value pass);
  Value scalarInLoop(Value value, Value pass);
  void emitStage(const Stage &stage, Value begin, Value end, Value output);
  void emitBoundary(const Stage &stage, Value begin, Value middle, Value rest,
                    Value end, Value output);
  void emitVectors(const Stage &stage, Value begin, Value end, Value output);
  void emitSteps();
  void emitOnce();
};

} // namespace

//===----------------------------------------------------------------------===//
// Planning
//===----------------------------------------------------------------------===//

/// Adds a scalar of the function: itself if it is known before the loop, else
/// what it is computed from in the loop's body.
void Builder::captureScalar(Value value, llvm::DenseSet<Value> &seen) {
  if (!seen.insert(value).second)
    return;
  Operation *op = value.getDefiningOp();
  if (op && op->hasTrait<OpTrait::ConstantLike>())
    return;
  bool inLoop = isCarried(value);
  if (!inLoop) {
    result.scalars.push_back(value);
    return;
  }
  if (op)
    for (Value operand : op->getOperands())
      captureScalar(operand, seen);
}

void Builder::collectCaptures() {
  llvm::DenseSet<Value> seen;
  sweep.getBody().walk([&](Operation *op) {
    for (Value operand : op->getOperands()) {
      if (auto stencil = operand.getDefiningOp<StencilOp>())
        for (Value scalar : stencil->getOperands())
          captureScalar(scalar, seen);
      else if (!isa<FieldType>(operand.getType()) &&
               !sweep.getBody().isAncestor(operand.getParentRegion()))
        captureScalar(operand, seen);
    }
  });
  for (auto &[leaf, reach] : plan.leaves)
    if (!isCarried(leaf))
      result.leaves.push_back(leaf);
}

/// Sizes a tile so that its buffers fit the given cache, and the number of
/// steps so that cells computed twice stay a small part.
void Builder::chooseTile(const TileOptions &options) {
  unsigned buffers = 0;
  for (const Stage &stage : plan.stages)
    buffers += stage.result < 0;
  buffers += steps ? 2 * numStates() : 1;
  int64_t cells = options.tileBytes / (elementBytes * buffers);
  result.tileCells = std::max<int64_t>(256, cells / 64 * 64);
  for (auto &[leaf, reach] : plan.leaves)
    if (isCarried(leaf))
      halo.include(reach);
  for (const Stage &stage : plan.stages)
    margin.include(stage.reach);
  for (auto &[leaf, reach] : plan.leaves)
    margin.include(reach);
  if (steps) {
    // Half of the steps' halos is computed twice on average: 1/32 of a tile.
    int64_t both = std::max<int64_t>(1, halo.low + halo.high);
    result.maxSteps =
        std::clamp<int64_t>(result.tileCells / 16 / both, 1, options.maxSteps);
  }
  int64_t steps = result.maxSteps;
  bufferCells = result.tileCells + (halo.low + halo.high) * steps + margin.low +
                margin.high + 2 * width;
  // Buffers at multiples of a page would share cache sets.
  int64_t line = 64 / elementBytes;
  bufferCells = (bufferCells / line + 1) * line + 17 * line;
  unsigned all = buffers + (plan.isPeriodic() ? result.leaves.size() : 0);
  result.scratchBytes = (all * bufferCells + 2 * line) * elementBytes;
}

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

void Builder::openFunction() {
  builder.setInsertionPointToEnd(module.getBody());
  unsigned number = 0;
  while (module.lookupSymbol("sweep" + std::to_string(number)))
    ++number;
  result.function =
      builder.create<func::FuncOp>(loc, "sweep" + std::to_string(number),
                                   abi::bodyType(builder.getContext()));
  result.function.setPrivate();
  Block *entry = result.function.addEntryBlock();
  builder.setInsertionPointToEnd(entry);
  closure = entry->getArgument(0);
  scratch = entry->getArgument(3);
  Type i64 = builder.getI64Type();
  context = slot(SweepFunction::contextSlot, pointer());
  size = slot(SweepFunction::sizeSlot, i64);
  firstStep = slot(SweepFunction::firstStepSlot, i64);
  numSteps = slot(SweepFunction::stepsSlot, i64);
  tileBegin = mul(entry->getArgument(1), result.tileCells);
  tileEnd = least(add(tileBegin, result.tileCells), size);
  bufferBase = add(tileBegin, -(halo.low * result.maxSteps + margin.low));
  loadScalars();
}

void Builder::loadScalars() {
  unsigned position =
      SweepFunction::pointersSlot + 2 * numStates() + result.leaves.size();
  for (Value value : result.scalars)
    scalars.map(value, slot(position++, value.getType()));
  unsigned leafSlot = SweepFunction::pointersSlot + 2 * numStates();
  for (Value leaf : result.leaves)
    bases[leaf] = slot(leafSlot++, pointer());
}

/// Copies rows [begin, end) of a periodic field to a buffer.
void Builder::copyWrapped(Value from, Value to, Value begin, Value end) {
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
void Builder::bringPeriodic(Value leaf, Value from, Value to, Reach reach) {
  Value ahead = add(numSteps, -1);
  Value begin = sub(add(tileBegin, -reach.low), mul(ahead, halo.low));
  Value end = add(add(tileEnd, reach.high), mul(ahead, halo.high));
  copyWrapped(from, to, begin, end);
  bases[leaf] = to;
}

//===----------------------------------------------------------------------===//
// Stages
//===----------------------------------------------------------------------===//

/// Rows [begin, middle) and [rest, end): one by one, by the boundary rule.
void Builder::emitBoundary(const Stage &stage, Value begin, Value middle,
                           Value rest, Value end, Value output) {
  OpBuilder::InsertionGuard guard(builder);
  Value before = sub(middle, begin);
  Value count = add(before, sub(end, rest));
  auto loop = builder.create<scf::ForOp>(loc, index(0), count, index(1));
  builder.setInsertionPointToStart(loop.getBody());
  Value i = loop.getInductionVar();
  Value isLow =
      builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::slt, i, before);
  Value row = builder.create<arith::SelectOp>(loc, isLow, add(begin, i),
                                              add(rest, sub(i, before)));
  CellEmitter cell(builder, plan, bases, scalars, context, size, 1);
  Value value = stage.result < 0 ? cell.anywhereDefinition(stage.value, row)
                                 : cell.anywhere(stage.value, row);
  builder.create<LLVM::StoreOp>(loc, value, address(output, row), elementBytes);
}

/// Interior rows [begin, end): whole vectors, then the rest under a mask.
void Builder::emitVectors(const Stage &stage, Value begin, Value end,
                          Value output) {
  OpBuilder::InsertionGuard guard(builder);
  Value count = greatest(sub(end, begin), index(0));
  Value whole = builder.create<arith::DivUIOp>(loc, count, index(width));
  Value middle = add(begin, mul(whole, width));
  auto compute = [&](Value row, Value mask) {
    CellEmitter cell(builder, plan, bases, scalars, context, size, width, mask);
    return stage.result < 0 ? cell.interiorDefinition(stage.value, row)
                            : cell.interior(stage.value, row);
  };
  auto loop = builder.create<scf::ForOp>(loc, begin, middle, index(width));
  builder.setInsertionPointToStart(loop.getBody());
  Value row = loop.getInductionVar();
  Value value = compute(row, {});
  builder.create<LLVM::StoreOp>(loc, value, address(output, row), elementBytes);
  builder.setInsertionPointAfter(loop);
  if (width == 1)
    return;
  Value rest = sub(count, mul(whole, width));
  Value isAny = builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::sgt,
                                              rest, index(0));
  auto masked = builder.create<scf::IfOp>(loc, isAny, /*withElse=*/false);
  builder.setInsertionPointToStart(masked.thenBlock());
  Value lanes =
      builder.create<arith::IndexCastOp>(loc, builder.getIndexType(), rest);
  Value mask = builder.create<vector::CreateMaskOp>(
      loc, VectorType::get({width}, builder.getI1Type()), lanes);
  value = compute(middle, mask);
  builder.create<LLVM::MaskedStoreOp>(loc, value, address(output, middle), mask,
                                      elementBytes);
}

/// Rows [begin, end) of a stage, as far as the field has them.
void Builder::emitStage(const Stage &stage, Value begin, Value end,
                        Value output) {
  if (plan.isPeriodic())
    return emitVectors(stage, begin, end, output);
  auto type = cast<FieldType>(stage.value.getType());
  begin = greatest(begin, index(-type.lowRows(0)));
  end = least(end, add(size, type.highRows(0)));
  int64_t low = std::max(stage.boundary.low, -type.lowRows(0));
  int64_t high = std::max(stage.boundary.high, -type.highRows(0));
  Value middle = least(greatest(index(low), begin), end);
  Value rest = least(greatest(add(size, -high), middle), end);
  if (low > -type.lowRows(0) || high > -type.highRows(0))
    emitBoundary(stage, begin, middle, rest, end, output);
  emitVectors(stage, middle, rest, output);
}

/// One step: all stages, on the rows that the steps after it still need.
void Builder::advance(Value step, ValueRange outputs) {
  Value after = sub(add(numSteps, -1), step);
  Value begin = sub(tileBegin, mul(after, halo.low));
  Value end = add(tileEnd, mul(after, halo.high));
  unsigned number = steps ? 2 * numStates() : 0;
  if (plan.isPeriodic())
    number += result.leaves.size();
  for (const Stage &stage : plan.stages) {
    Value from = add(begin, -stage.reach.low);
    Value to = add(end, stage.reach.high);
    if (stage.result >= 0) {
      // Rows beyond the grid belong to the first and the last tile.
      auto pick = [&](arith::CmpIPredicate outside, Value edge, Value bound,
                      Value beyond) -> Value {
        Value isOut = builder.create<arith::CmpIOp>(loc, outside, edge, bound);
        return builder.create<arith::SelectOp>(loc, isOut, beyond, edge);
      };
      from = pick(arith::CmpIPredicate::sle, begin, index(0), from);
      to = pick(arith::CmpIPredicate::sge, end, size, to);
      emitStage(stage, from, to, outputs[stage.result]);
      continue;
    }
    Value memory = buffer(number++);
    emitStage(stage, from, to, memory);
    bases[stage.value] = memory;
  }
}

//===----------------------------------------------------------------------===//
// Steps
//===----------------------------------------------------------------------===//

/// A scalar of the loop's body in the pass `pass`.
Value Builder::scalarInLoop(Value value, Value pass) {
  if (Value known = scalars.lookupOrNull(value))
    return known;
  Operation *op = value.getDefiningOp();
  if (op && op->hasTrait<OpTrait::ConstantLike>()) {
    scalars.map(value, builder.clone(*op)->getResult(0));
    return scalars.lookup(value);
  }
  if (!op) {
    scalars.map(value, pass);
    return pass;
  }
  for (Value operand : op->getOperands())
    scalarInLoop(operand, pass);
  builder.clone(*op, scalars);
  return scalars.lookup(value);
}

void Builder::cloneScalars(Value pass) {
  sweep.getBody().walk([&](Operation *op) {
    for (Value operand : op->getOperands()) {
      if (auto stencil = operand.getDefiningOp<StencilOp>())
        for (Value scalar : stencil->getOperands())
          scalarInLoop(scalar, pass);
      else if (!isa<FieldType>(operand.getType()) &&
               !sweep.getBody().isAncestor(operand.getParentRegion()))
        scalarInLoop(operand, pass);
    }
  });
}

/// The first step reads the whole fields, the last one writes them; those
/// between go to and fro between two buffers for each field.
void Builder::emitSteps() {
  unsigned states = numStates();
  SmallVector<Value> current, next, other, targets, iterated;
  for (unsigned i = 0; i < states; ++i) {
    current.push_back(slot(SweepFunction::pointersSlot + i, pointer()));
    targets.push_back(
        slot(SweepFunction::pointersSlot + states + i, pointer()));
    next.push_back(buffer(2 * i));
    other.push_back(buffer(2 * i + 1));
  }
  if (plan.isPeriodic()) {
    for (auto [i, state] : llvm::enumerate(carried())) {
      auto found = plan.leaves.find(state);
      Reach reach = found == plan.leaves.end() ? Reach() : found->second;
      bringPeriodic(state, current[i], other[i], reach);
      current[i] = other[i];
    }
    for (auto [i, leaf] : llvm::enumerate(result.leaves))
      bringPeriodic(leaf, bases[leaf], buffer(2 * states + i),
                    plan.leaves.find(leaf)->second);
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
    bases[carried()[i]] = arguments[i];
    outputs.push_back(builder.create<arith::SelectOp>(loc, isLast, targets[i],
                                                      arguments[states + i]));
  }
  cloneScalars(add(firstStep, step));
  advance(step, outputs);
  yields = outputs;
  yields.append(arguments.begin() + 2 * states, arguments.end());
  yields.append(arguments.begin() + states, arguments.begin() + 2 * states);
  builder.create<scf::YieldOp>(loc, yields);
  builder.setInsertionPointAfter(loop);
}

void Builder::emitOnce() {
  unsigned states = numStates();
  SmallVector<Value> outputs;
  for (unsigned i = 0; i < states; ++i)
    outputs.push_back(
        slot(SweepFunction::pointersSlot + states + i, pointer()));
  if (plan.isPeriodic())
    for (auto [i, leaf] : llvm::enumerate(result.leaves))
      bringPeriodic(leaf, bases[leaf], buffer(i),
                    plan.leaves.find(leaf)->second);
  cloneScalars({});
  advance(index(0), outputs);
}

SweepFunction Builder::build() {
  openFunction();
  if (steps)
    emitSteps();
  else
    emitOnce();
  builder.create<func::ReturnOp>(loc);
  return result;
}

SweepFunction makeSweepFunction(ModuleOp module, SweepOp sweep, StepsOp steps,
                                const TileOptions &options) {
  return Builder(module, sweep, steps, options).build();
}

} // namespace pdec::kernel
