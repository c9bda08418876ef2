//===- SweepPlan.cpp - what a sweep stores, reads and costs ---------------===//

#include "compiler/kernel/SweepPlan.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

void Reach::include(const Reach &other) {
  low = std::max(low, other.low);
  high = std::max(high, other.high);
}

static StencilOp stencilOf(Operation *application) {
  return application->getOperand(0).getDefiningOp<StencilOp>();
}

Reach tapReach(Operation *application) {
  auto [first, last] = stencilOf(application).span(0);
  if (isa<AdjointOp>(application))
    return {last, -first};
  return {-first, last};
}

SweepPlan::SweepPlan(SweepOp op) : sweep(op) {
  auto type = cast<FieldType>(op.getResult(0).getType());
  grid = gridOf(op, type);
  low = grid.axis(0).getLow();
  high = grid.axis(0).getHigh();
  chooseScratch();
  addStages();
  for (Stage &stage : stages)
    stage.boundary = boundaryRows(stage.value, /*isTop=*/true);
}

bool SweepPlan::isScratch(Value value) const { return scratch.count(value); }

/// Rough cycles for a cell of an operation.
static double operationCost(Operation &op) {
  if (isa<arith::ConstantOp, YieldOp>(op))
    return 0;
  if (isa<math::SqrtOp, arith::DivFOp>(op))
    return 8;
  if (isa<math::MathDialect>(op.getDialect()) && !isa<math::AbsFOp>(op))
    return 20;
  return 1;
}

/// The cost of computing a cell of `value` from stored fields.
double SweepPlan::cost(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || op->getBlock() != &sweep.getBody().front() || isScratch(value))
    return 0.5;
  auto [known, isNew] = costs.try_emplace(value, 0);
  if (!isNew)
    return known->second;
  double sum = 0;
  if (auto map = dyn_cast<MapOp>(op)) {
    for (Operation &inner : map.getBody().front())
      sum += operationCost(inner);
    for (Value field : map.getFields())
      sum += cost(field);
  } else if (isa<CoordinateOp>(op)) {
    sum = 3;
  } else if (isa<NoiseOp>(op)) {
    sum = 30;
  } else {
    sum = stencilOf(op).getOffsets().size() * (1.5 + cost(op->getOperand(1)));
  }
  return costs[value] = sum;
}

/// Stores what a stencil of several taps reads if computing it once for each
/// tap costs more than a store and the loads.
void SweepPlan::chooseScratch() {
  for (Operation &op : sweep.getBody().front()) {
    if (!isa<ApplyOp, AdjointOp>(op))
      continue;
    Value field = op.getOperand(1);
    if (field.getParentBlock() != op.getBlock())
      continue;
    double again = (stencilOf(&op).getOffsets().size() - 1) * cost(field);
    if (again > 4)
      scratch.insert(field);
  }
}

void SweepPlan::addStages() {
  for (Operation &op : sweep.getBody().front().without_terminator())
    if (isScratch(op.getResult(0)))
      stages.push_back({op.getResult(0), -1, {}, {}});
  auto yields = sweep.getBody().front().getTerminator()->getOperands();
  for (auto [index, value] : llvm::enumerate(yields)) {
    auto type = cast<FieldType>(value.getType());
    stages.push_back(
        {value, int(index), {type.lowRows(0), type.highRows(0)}, {}});
  }
  for (Stage &stage : stages)
    if (stage.result >= 0)
      need(stage.value, stage.reach);
  for (Stage &stage : llvm::reverse(stages))
    if (stage.result < 0)
      needArguments(stage.value, stage.reach);
}

/// How far an application reads. A mirrored read lies on the other side of the
/// row, as far away at most.
Reach SweepPlan::stencilReach(Operation *op) const {
  Reach taps = tapReach(op);
  taps.include({0, 0});
  if (low != Boundary::Reflecting && high != Boundary::Reflecting)
    return taps;
  int64_t most = std::max(taps.low, taps.high);
  return {most, most};
}

void SweepPlan::need(Value value, Reach reach) {
  if (value.getParentBlock() != &sweep.getBody().front()) {
    leaves[value].include(reach);
    return;
  }
  if (!isScratch(value))
    return needArguments(value, reach);
  for (Stage &stage : stages)
    if (stage.result < 0 && stage.value == value)
      stage.reach.include(reach);
}

void SweepPlan::needArguments(Value value, Reach reach) {
  Operation *op = value.getDefiningOp();
  if (isa<ApplyOp, AdjointOp>(op)) {
    Reach taps = stencilReach(op);
    need(op->getOperand(1), {reach.low + taps.low, reach.high + taps.high});
  } else if (auto map = dyn_cast<MapOp>(op)) {
    for (Value field : map.getFields())
      need(field, reach);
  }
}

/// Rows next to each side in which computing `value` meets the boundary rule.
Reach SweepPlan::boundaryRows(Value value, bool isTop) const {
  if (isPeriodic())
    return {0, 0};
  Operation *op = value.getDefiningOp();
  auto type = cast<FieldType>(value.getType());
  // Rows beyond the grid, negative of them before a leaf's first.
  if (!isTop && isScratch(value))
    return {-type.lowRows(0), -type.highRows(0)};
  if (!op || op->getBlock() != &sweep.getBody().front())
    return {0, 0};
  if (isa<CoordinateOp, NoiseOp>(op))
    return {INT64_MIN / 4, INT64_MIN / 4};
  if (auto map = dyn_cast<MapOp>(op)) {
    Reach rows{INT64_MIN / 4, INT64_MIN / 4};
    for (Value field : map.getFields())
      rows.include(boundaryRows(field, false));
    return rows;
  }
  // Row i is interior if all i + offset are interior rows of the argument.
  auto read = cast<FieldType>(op->getOperand(1).getType());
  Reach rows = boundaryRows(op->getOperand(1), false);
  rows.include({-read.lowRows(0), -read.highRows(0)});
  Reach taps = tapReach(op);
  rows.low += taps.low;
  rows.high += taps.high;
  if (isa<AdjointOp>(op)) {
    // Cells that mirror positions to which the transpose spills over: as many
    // as the taps reach over the side.
    auto [first, last] = stencilOf(op).span(0);
    if (low == Boundary::Reflecting)
      rows.low = std::max(rows.low, -first);
    if (high == Boundary::Reflecting)
      rows.high = std::max(rows.high, last);
  }
  return rows;
}

} // namespace pdec::kernel
