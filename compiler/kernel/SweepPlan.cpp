//===- SweepPlan.cpp - what a sweep stores, reads and costs ---------------===//

#include "compiler/kernel/SweepPlan.h"

#include <map>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

static constexpr int64_t noRows = RowsAttr::none;

/// A group of stages is closed when its stencils cost that much.
static constexpr double mostGroupCost = 32;

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

/// The carried field that a result is, as it is; nothing if it is computed.
static std::optional<unsigned> fieldGivenBack(SweepOp wholeStep,
                                              unsigned result) {
  Block &body = wholeStep.getBody().front();
  auto map = body.getTerminator()->getOperand(result).getDefiningOp<MapOp>();
  if (!map || map.getFields().size() != 1 ||
      map.getFields().getTypes() != map->getResultTypes())
    return std::nullopt;
  Block &cell = map.getBody().front();
  auto level = dyn_cast<BlockArgument>(map.getFields().front());
  bool isSame = cell.getTerminator()->getOperand(0) == cell.getArgument(0);
  // The first operand is the number of the pass.
  if (!isSame || !level || level.getArgNumber() == 0 ||
      level.getArgNumber() > wholeStep.getNumResults())
    return std::nullopt;
  return level.getArgNumber() - 1;
}

std::optional<unsigned> olderLevel(SweepOp wholeStep, unsigned result) {
  auto given = fieldGivenBack(wholeStep, result);
  std::optional<unsigned> origin = given;
  for (unsigned i = 0; origin && i < wholeStep.getNumResults(); ++i)
    origin = fieldGivenBack(wholeStep, *origin);
  // Fields that only change places among themselves come from nowhere.
  return origin ? std::nullopt : given;
}

SweepPlan::SweepPlan(SweepOp op, bool isWholeStep)
    : sweep(op), grid(gridOf(op, op.type())),
      copiesPeriodic(kernel::copiesPeriodic(grid, isWholeStep)) {
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

/// The cost of computing a cell of `value` from stored fields.
double SweepPlan::cost(Value value) {
  if (!definitionOf(value) || isScratch(value))
    return 0.5;
  auto [known, isNew] = costs.try_emplace(value, 0);
  if (!isNew)
    return known->second;
  return costs[value] = definitionCost(value);
}

/// The same of a value that is stored, too.
double SweepPlan::definitionCost(Value value) {
  FieldOpInterface op = definitionOf(value);
  if (!op)
    return 0.5;
  double sum = 0;
  for (Value argument : op.getArguments())
    sum += cost(argument);
  return op.getCost() + op.getReadsPerRow() * sum;
}

double SweepPlan::cellCost() {
  double sum = 0;
  for (const Stage &stage : stages)
    sum += definitionCost(stage.value);
  return sum;
}

/// Whether nothing but maps lies between a value and what is stored.
bool SweepPlan::isReadPointwise(Value value) const {
  return llvm::all_of(value.getUsers(), [&](Operation *user) {
    auto map = dyn_cast<MapOp>(user);
    return isa<YieldOp>(user) || (map && (isScratch(map.getResult()) ||
                                          isReadPointwise(map.getResult())));
  });
}

static bool isOneTap(FieldOpInterface op) {
  return !op.isPointwise() && !op.isTransfer() && op.getReadsPerRow() == 1;
}

/// How often stencils of one tap read a value: minima over neighbours consist
/// of such. Those that read what these make of it count instead; and maps that
/// one of them reads count for it, such as "was it this neighbour?", of which
/// derivatives of minima have one for each. What a map makes that is read more
/// often is stored itself.
unsigned SweepPlan::readsByOneTaps(Value value) {
  auto [known, isNew] = oneTapReads.try_emplace(value, 0);
  if (!isNew)
    return known->second;
  constexpr unsigned many = 1 << 16; // a bound for what grows at each level
  unsigned sum = 0;
  for (Operation *user : value.getUsers()) {
    auto op = dyn_cast<FieldOpInterface>(user);
    if (!op || op->getNumResults() != 1)
      continue;
    unsigned further = readsByOneTaps(op->getResult(0));
    if (isOneTap(op))
      sum += std::max(1u, further);
    else if (op.isPointwise() && further == 1)
      ++sum;
  }
  return oneTapReads[value] = std::min(sum, many);
}

/// Maps of the same fields, each of which one stencil of one tap reads, are not
/// read at the same cell: what they have in common would be computed for each.
void SweepPlan::storeSiblings() {
  std::map<std::vector<void *>, std::vector<Value>> bySources;
  for (auto op : sweep.getBody().getOps<MapOp>()) {
    Value value = op.getResult();
    if (readsByOneTaps(value) != 1 || cost(value) <= 4)
      continue;
    std::vector<void *> sources;
    for (Value field : op.getFields())
      sources.push_back(field.getAsOpaquePointer());
    bySources[sources].push_back(value);
  }
  for (const auto &[sources, siblings] : bySources)
    if (siblings.size() > 1)
      scratch.insert(siblings.begin(), siblings.end());
}

/// Stores what a stencil of several taps, or several stencils of one, read if
/// computing it once for each tap costs more than a store and the loads. What
/// comes from another grid, or goes to one, is stored for any stencil, parts of
/// large expressions (pde-split-maps) and what was a sweep's (pde-fuse-sweeps)
/// always.
void SweepPlan::chooseScratch() {
  auto ops = sweep.getBody().getOps<FieldOpInterface>();
  for (FieldOpInterface op : ops) {
    if (op->hasAttr(storedName))
      scratch.insert(op->getResult(0));
    unsigned reads = isOneTap(op) ? 0 : readsByOneTaps(op->getResult(0));
    if (reads > 1 && (reads - 1) * cost(op->getResult(0)) > 4)
      scratch.insert(op->getResult(0));
    if (op.isPointwise())
      continue;
    for (Value argument : op.getArguments())
      if (!isa<BlockArgument>(argument) &&
          (op.isTransfer() || (op.getReadsPerRow() - 1) * cost(argument) > 4))
        scratch.insert(argument);
  }
  storeSiblings();
  for (FieldOpInterface op : ops)
    if (op.isTransfer() && !isReadPointwise(op->getResult(0)))
      scratch.insert(op->getResult(0));
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
  for (auto op : sweep.getBody().getOps<FieldOpInterface>())
    if (isScratch(op->getResult(0)))
      stages.push_back({op->getResult(0), -1, none, none, 0});
  auto yields = sweep.getBody().front().getTerminator()->getOperands();
  for (auto [index, value] : llvm::enumerate(yields))
    stages.push_back({value, int(index), extraRowsOf(value, rank()), none, 0});
  // A result that a stencil of the sweep reads, too, is copied.
  auto isCopied = [&](const Stage &stage) {
    return !stage.isScratch() && isScratch(stage.value);
  };
  for (Stage &stage : stages)
    for (unsigned axis = 0; axis < rank(); ++axis)
      stage.boundary[axis] = isCopied(stage)
                                 ? boundaryRows(stage.value, axis)
                                 : definitionRows(stage.value, axis);
  groupStages();
  for (Stage &stage : stages)
    if (!stage.isScratch())
      need(stage.value, stage.reach);
  for (Stage &stage : llvm::reverse(stages))
    if (stage.isScratch()) {
      uniteGroup(stage.group);
      needArguments(stage.value, stage.reach);
    }
  for (Stage &stage : stages)
    uniteGroup(stage.group);
  for (const Stage &stage : stages) {
    llvm::DenseMap<Value, int64_t> seen;
    keepRows(stage, stage.value, 0, seen);
  }
  // A group has memory of one shape.
  for (Stage &stage : stages)
    for (const Stage &other : stages)
      if (stage.group == other.group)
        stage.kept = std::max(stage.kept, other.kept);
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
  return a.isScratch() == b.isScratch() &&
         first.getGrid() == second.getGrid() &&
         first.getLow() == second.getLow() &&
         first.getHigh() == second.getHigh();
}

/// All that is computed to compute a stored value, it included.
void SweepPlan::collectWork(Value value, llvm::DenseSet<Value> &work) {
  if (!work.insert(value).second)
    return;
  for (Value argument : definitionOf(value).getArguments())
    if (definitionOf(argument) && !isScratch(argument))
      collectWork(argument, work);
}

/// What the stencils among some values cost for each cell.
static double costOfStencils(const llvm::DenseSet<Value> &work) {
  double sum = 0;
  for (Value value : work)
    if (!definitionOf(value).isPointwise())
      sum += definitionOf(value).getCost();
  return sum;
}

/// Puts neighbours in the order of computation together where they may be: what
/// they read is loaded once, and what they share computed once. Without
/// anything to share, more than registers hold gains nothing and makes large
/// loops.
void SweepPlan::groupStages() {
  unsigned group = 0;
  llvm::DenseSet<Value> members;
  const Stage *before = nullptr;
  llvm::DenseSet<Value> groupWork;
  for (Stage &stage : stages) {
    llvm::DenseSet<Value> seen, work;
    collectWork(stage.value, work);
    bool isFull = costOfStencils(groupWork) >= mostGroupCost &&
                  llvm::none_of(work, [&](Value value) {
                    return cost(value) > 4 && groupWork.count(value);
                  });
    bool belongs = before && !isFull && areAlike(*before, stage) &&
                   (!stage.isScratch() || !reads(stage.value, members, seen));
    if (before && !belongs) {
      ++group;
      members.clear();
      groupWork.clear();
    }
    stage.group = group;
    groupWork.insert(work.begin(), work.end());
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
    if (stage.isScratch() && stage.value == value)
      stage.reach.include(reach);
}

/// How far around a row an operation reads. Row i of a coarser grid is computed
/// with the rows 2i, or i, of the sweep's own.
Reach SweepPlan::reachOf(FieldOpInterface op, unsigned axis) const {
  auto restriction = dyn_cast<RestrictOp>(op.getOperation());
  if (!restriction || !isOwnGrid(restriction.getField()))
    return op.getReachAtSides(axis);
  auto [first, last] = restriction.getOperator().span(axis);
  return {std::max<int64_t>(-first, 0), std::max<int64_t>(last, 0)};
}

void SweepPlan::needArguments(Value value, const Surround &reach) {
  FieldOpInterface op = definitionOf(value);
  Surround wider = reach;
  for (unsigned axis = 0; axis < rank(); ++axis) {
    Reach own = reachOf(op, axis);
    wider[axis].low += own.low;
    wider[axis].high += own.high;
  }
  for (Value field : op.getReads())
    need(field, wider);
}

/// In a wavefront a stage is ahead of its reader by as many rows as its reach
/// is longer; of those behind, the reader may read as many as `low` says.
void SweepPlan::keepRows(const Stage &reader, Value value, int64_t low,
                         llvm::DenseMap<Value, int64_t> &seen) {
  auto [place, isNew] = seen.try_emplace(value, low);
  if (!definitionOf(value) || (!isNew && place->second >= low))
    return;
  place->second = low;
  if (isScratch(value) && (value != reader.value || !reader.isScratch())) {
    for (Stage &stage : stages)
      if (stage.isScratch() && stage.value == value)
        stage.kept = std::max(stage.kept,
                              stage.reach[0].high - reader.reach[0].high + low);
    return;
  }
  FieldOpInterface op = definitionOf(value);
  for (Value field : op.getReads())
    keepRows(reader, field, low + reachOf(op, 0).low, seen);
}

int64_t SweepPlan::rowsAround() const {
  int64_t most = 0;
  for (const Stage &stage : stages)
    if (stage.isScratch())
      most = std::max(most, stage.reach[0].low + stage.reach[0].high);
  return most;
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
  if (isPeriodic(grid, axis) &&
      (isScratch(value) || (isStored && copiesPeriodic)))
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

/// The rows for which a transfer reads beyond the sides of the other grid.
static Reach transferRows(FieldOpInterface op, unsigned axis) {
  auto other = gridOf(op, cast<FieldType>(op.getReads().front().getType()));
  bool isRestriction = isa<RestrictOp>(op);
  GridOp coarse = isRestriction ? op.getGrid() : other;
  auto [first, last] = op->getOperand(0).getDefiningOp<StencilOp>().span(axis);
  Reach rows;
  if (!isHalved(coarse, axis)) {
    rows = isRestriction ? Reach{-first, last} : Reach{last, -first};
  } else {
    // The finer axis has twice as many cells as the coarser, and so many more.
    int64_t more = coarse.axis(axis).getCoarsening() == Coarsening::Vertex;
    // Rows 2i + first of the finer grid, or (i - last)/2 of the coarser, must
    // not be negative; and alike at the other side.
    rows = isRestriction ? Reach{(1 - first) >> 1, (last - more) >> 1}
                         : Reach{last - 1, more - first};
  }
  Reach least;
  rows.include(least);
  return rows;
}

/// The same of computing `value` from its definition.
Reach SweepPlan::definitionRows(Value value, unsigned axis) {
  FieldOpInterface op = definitionOf(value);
  if (op.isTransfer())
    return transferRows(op, axis);
  // Maps may be of what another grid has, of which there are no copies.
  if (copiesPeriodic && isPeriodic(grid, axis) && !isa<MapOp>(op))
    return {noRows, noRows};
  // Around a circle, what is made of a cell's number must find the cell.
  if (isa<CoordinateOp, NoiseOp>(op))
    return isPeriodic(grid, axis) ? Reach{0, 0} : Reach{noRows, noRows};
  if (!op.isPointwise())
    return applicationRows(op, axis);
  Reach rows{noRows, noRows};
  for (Value field : op.getArguments())
    rows.include(boundaryRows(field, axis));
  return rows;
}

Reach SweepPlan::applicationRows(FieldOpInterface op, unsigned axis) {
  // Row i is interior if all i + offset are interior rows of the argument.
  Reach rows{noRows, noRows};
  auto read = [&](Value field) {
    auto type = cast<FieldType>(field.getType());
    rows.include(boundaryRows(field, axis));
    if (!isPeriodic(grid, axis))
      rows.include({-type.lowRows(axis), -type.highRows(axis)});
  };
  for (Value argument : op.getArguments())
    read(argument);
  // Rows beyond a side of another axis read what is given there.
  for (unsigned other = 0; other < rank(); ++other)
    for (bool high : {false, true})
      if (Value given = operandsOf(op, other, high).value;
          given && other != axis && isa<FieldType>(given.getType()))
        read(given);
  Reach taps = op.getReach(axis);
  rows.low += taps.low;
  rows.high += taps.high;
  if (int64_t folded = op.getFoldedRows(axis, false))
    rows.low = std::max(rows.low, folded);
  if (int64_t folded = op.getFoldedRows(axis, true))
    rows.high = std::max(rows.high, folded);
  return rows;
}

} // namespace pdec::kernel
