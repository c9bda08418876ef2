//===- SweepPlan.cpp - what a sweep stores, reads and costs ---------------===//

#include "compiler/kernel/SweepPlan.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

/// More rows than any grid has, and fewer than none.
static constexpr int64_t allRows = INT64_MAX / 4, noRows = -allRows;

void Reach::include(const Reach &other) {
  low = std::max(low, other.low);
  high = std::max(high, other.high);
}

void Surround::include(const Surround &other) {
  for (auto [mine, theirs] : llvm::zip(axes, other.axes))
    mine.include(theirs);
}

bool Surround::holds(const Surround &other) const {
  return llvm::all_of(llvm::zip(axes, other.axes), [](auto pair) {
    auto &[mine, theirs] = pair;
    return mine.low >= theirs.low && mine.high >= theirs.high;
  });
}

StencilOp stencilOf(Operation *application) {
  return application->getOperand(0).getDefiningOp<StencilOp>();
}

bool isTransfer(Operation *op) { return isa<RestrictOp, ProlongOp>(op); }

/// How far an application reads around a row in the interior.
static Reach tapReach(Operation *application, unsigned axis) {
  auto [first, last] = stencilOf(application).span(axis);
  if (isa<AdjointOp>(application))
    return {last, -first};
  return {-first, last};
}

SweepPlan::SweepPlan(SweepOp op) : sweep(op) {
  grid = gridOf(op, op.type());
  chooseScratch();
  addStages();
}

bool SweepPlan::isScratch(Value value) const { return scratch.count(value); }

bool SweepPlan::isOwnGrid(Value leaf) const {
  return cast<FieldType>(leaf.getType()).getGrid().getValue() ==
         grid.getSymName();
}

//===----------------------------------------------------------------------===//
// What to store
//===----------------------------------------------------------------------===//

/// Rough cycles for a cell of an operation.
static double operationCost(Operation &op) {
  if (isa<arith::ConstantOp, YieldOp>(op))
    return 0;
  if (isa<arith::DivFOp>(op))
    return 8;
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX)    \
  if (isa<OPERATION>(op))                                                      \
    return COST;
#include "compiler/support/Functions.def"
  // Powers, and reciprocals of roots.
  return isa<math::MathDialect>(op.getDialect()) ? 20 : 1;
}

/// The cost of computing a cell of `value` from stored fields.
double SweepPlan::cost(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || isScratch(value))
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
/// tap costs more than a store and the loads. What comes from another grid is
/// computed by scalar code only, so vectors need it stored.
void SweepPlan::chooseScratch() {
  for (Operation &op : sweep.getBody().front().without_terminator()) {
    bool isYieldedOnly = llvm::all_of(op.getUsers(), llvm::IsaPred<YieldOp>);
    if (isTransfer(&op) && !isYieldedOnly)
      scratch.insert(op.getResult(0));
    if (!isa<ApplyOp, AdjointOp>(op))
      continue;
    Value field = op.getOperand(1);
    if (isa<BlockArgument>(field))
      continue;
    double again = (stencilOf(&op).getOffsets().size() - 1) * cost(field);
    if (again > 4)
      scratch.insert(field);
  }
}

/// Rows of a field beyond its grid.
static Surround extraRowsOf(Value value, unsigned rank) {
  auto type = cast<FieldType>(value.getType());
  Surround rows(rank);
  for (unsigned axis = 0; axis < rank; ++axis)
    rows[axis] = {type.lowRows(axis), type.highRows(axis)};
  return rows;
}

void SweepPlan::addStages() {
  Surround none(rank());
  for (Operation &op : sweep.getBody().front().without_terminator())
    if (isScratch(op.getResult(0)))
      stages.push_back({op.getResult(0), -1, none, none, 0});
  auto yields = sweep.getBody().front().getTerminator()->getOperands();
  for (auto [index, value] : llvm::enumerate(yields))
    stages.push_back({value, int(index), extraRowsOf(value, rank()), none, 0});
  for (Stage &stage : stages)
    for (unsigned axis = 0; axis < rank(); ++axis)
      stage.boundary[axis] = definitionRows(stage.value, axis);
  groupStages();
  for (Stage &stage : stages)
    if (stage.result >= 0)
      need(stage.value, stage.reach);
  for (Stage &stage : llvm::reverse(stages))
    if (stage.result < 0) {
      uniteGroup(stage.group);
      needArguments(stage.value, stage.reach);
    }
  for (Stage &stage : stages)
    uniteGroup(stage.group);
}

//===----------------------------------------------------------------------===//
// Groups
//===----------------------------------------------------------------------===//

/// Whether computing `value` reads a value of `others`.
static bool reads(Value value, const llvm::DenseSet<Value> &others,
                  llvm::DenseSet<Value> &seen) {
  if (others.count(value))
    return true;
  Operation *op = value.getDefiningOp();
  if (!op || !seen.insert(value).second)
    return false;
  return llvm::any_of(op->getOperands(), [&](Value operand) {
    return reads(operand, others, seen);
  });
}

/// Whether a stage may be computed together with another, but for what they
/// read.
static bool areAlike(const Stage &a, const Stage &b) {
  auto first = cast<FieldType>(a.value.getType());
  auto second = cast<FieldType>(b.value.getType());
  return (a.result < 0) == (b.result < 0) &&
         first.getLow() == second.getLow() &&
         first.getHigh() == second.getHigh() &&
         isTransfer(a.value.getDefiningOp()) ==
             isTransfer(b.value.getDefiningOp());
}

/// Puts neighbours in the order of computation together where they may be.
void SweepPlan::groupStages() {
  unsigned group = 0;
  llvm::DenseSet<Value> members;
  const Stage *before = nullptr;
  for (Stage &stage : stages) {
    llvm::DenseSet<Value> seen;
    bool belongs = before && rank() > 1 && areAlike(*before, stage) &&
                   (stage.result >= 0 || !reads(stage.value, members, seen));
    if (before && !belongs) {
      ++group;
      members.clear();
    }
    stage.group = group;
    members.insert(stage.value);
    before = &stage;
  }
}

/// Gives the stages of a group the rows that any of them needs.
void SweepPlan::uniteGroup(unsigned group) {
  Surround reach(rank()), boundary(rank());
  for (unsigned axis = 0; axis < rank(); ++axis)
    boundary[axis] = {noRows, noRows};
  for (const Stage &stage : stages)
    if (stage.group == group) {
      reach.include(stage.reach);
      boundary.include(stage.boundary);
    }
  for (Stage &stage : stages)
    if (stage.group == group) {
      stage.reach = reach;
      stage.boundary = boundary;
    }
}

//===----------------------------------------------------------------------===//
// How far values are read
//===----------------------------------------------------------------------===//

/// How far an application reads. Cells inside that one beyond a side is made of
/// lie on the other side of the row, as far away at most, or in rows that are
/// farther out than the taps.
Surround SweepPlan::stencilReach(Operation *op) const {
  Surround result(rank());
  for (unsigned axis = 0; axis < rank(); ++axis) {
    Reach taps = tapReach(op, axis);
    taps.include({0, 0});
    result[axis] = taps;
    if (isPeriodic(axis))
      continue;
    for (bool high : {false, true}) {
      if (meaningOf(ruleOf(op, axis, high)).cells == CellsInside::None)
        continue;
      int64_t most = reachBeyond(op, axis, high);
      auto read = cast<FieldType>(op->getOperand(1).getType());
      if (isa<AdjointOp>(op))
        most += high ? read.highRows(axis) : read.lowRows(axis);
      most = std::max({most, taps.low, taps.high});
      result[axis].include({most, most});
    }
  }
  return result;
}

void SweepPlan::need(Value value, const Surround &reach) {
  if (isa<BlockArgument>(value)) {
    auto place = leaves.insert({value, Surround(rank())}).first;
    if (isOwnGrid(value))
      place->second.include(reach);
    return;
  }
  if (!isScratch(value)) {
    auto [place, isNew] = needed.try_emplace(value, reach);
    if (!isNew && place->second.holds(reach))
      return;
    place->second.include(reach);
    return needArguments(value, reach);
  }
  for (Stage &stage : stages)
    if (stage.result < 0 && stage.value == value)
      stage.reach.include(reach);
}

void SweepPlan::needArguments(Value value, const Surround &reach) {
  Operation *op = value.getDefiningOp();
  if (isTransfer(op)) {
    need(op->getOperand(1), reach);
  } else if (isa<ApplyOp, AdjointOp>(op)) {
    Surround wider = stencilReach(op);
    for (unsigned axis = 0; axis < rank(); ++axis) {
      wider[axis].low += reach[axis].low;
      wider[axis].high += reach[axis].high;
    }
    for (Value operand : op->getOperands())
      if (isa<FieldType>(operand.getType()))
        need(operand, wider);
  } else if (auto map = dyn_cast<MapOp>(op)) {
    for (Value field : map.getFields())
      need(field, reach);
  }
}

//===----------------------------------------------------------------------===//
// Rows at the boundary
//===----------------------------------------------------------------------===//

/// Rows next to each side of an axis in which what reads `value` at its own row
/// meets the boundary rule. Negative counts tell of rows beyond the grid.
Reach SweepPlan::boundaryRows(Value value, unsigned axis) {
  auto type = cast<FieldType>(value.getType());
  bool isStored = isa<BlockArgument>(value);
  // Along periodic axes scratch memory, and copies, go on beyond the sides.
  if (isPeriodic(axis) && (isScratch(value) || copiesPeriodic()))
    return {noRows, noRows};
  if (isStored || isScratch(value))
    return {-type.lowRows(axis), -type.highRows(axis)};
  auto [known, isNew] = boundaries.try_emplace({value, axis});
  if (isNew) {
    Reach rows = definitionRows(value, axis);
    boundaries[{value, axis}] = rows;
    return rows;
  }
  return known->second;
}

/// The same of computing `value` from its definition.
Reach SweepPlan::definitionRows(Value value, unsigned axis) {
  Operation *op = value.getDefiningOp();
  if (isTransfer(op))
    return {allRows, allRows};
  if (copiesPeriodic())
    return {noRows, noRows};
  if (isa<CoordinateOp, NoiseOp>(op))
    return isPeriodic(axis) ? Reach{0, 0} : Reach{noRows, noRows};
  if (auto map = dyn_cast<MapOp>(op)) {
    Reach rows{noRows, noRows};
    for (Value field : map.getFields())
      rows.include(boundaryRows(field, axis));
    return rows;
  }
  return applicationRows(op, axis);
}

/// Rows next to a side that get more than their own sum of an adjoint: those
/// that positions beyond it, as far as the transpose spills over, are made of.
static int64_t spilledRows(Operation *adjoint, unsigned axis, bool high) {
  CellsInside cells = meaningOf(ruleOf(adjoint, axis, high)).cells;
  int64_t reach = reachBeyond(adjoint, axis, high);
  if (reach == 0 || cells == CellsInside::None || cells == CellsInside::Wrap)
    return noRows;
  return cells == CellsInside::Ends ? 2 : reach;
}

Reach SweepPlan::applicationRows(Operation *op, unsigned axis) {
  // Row i is interior if all i + offset are interior rows of the argument.
  auto read = cast<FieldType>(op->getOperand(1).getType());
  Reach rows = boundaryRows(op->getOperand(1), axis);
  if (!isPeriodic(axis))
    rows.include({-read.lowRows(axis), -read.highRows(axis)});
  // Rows beyond a side of another axis read what is given there.
  for (unsigned other = 0; other < rank(); ++other)
    for (bool high : {false, true})
      if (Value given = operandsOf(op, other, high).value;
          given && other != axis && isa<FieldType>(given.getType())) {
        auto type = cast<FieldType>(given.getType());
        rows.include(boundaryRows(given, axis));
        if (!isPeriodic(axis))
          rows.include({-type.lowRows(axis), -type.highRows(axis)});
      }
  Reach taps = tapReach(op, axis);
  rows.low += taps.low;
  rows.high += taps.high;
  if (isa<AdjointOp>(op)) {
    rows.low = std::max(rows.low, spilledRows(op, axis, false));
    rows.high = std::max(rows.high, spilledRows(op, axis, true));
  }
  return rows;
}

} // namespace pdec::kernel
