//===- Fourier.cpp - local Fourier analysis of iterations -----------------===//

#include "compiler/analysis/Fourier.h"
#include "compiler/analysis/Analysis.h"
#include "compiler/analysis/FourierRadius.h"
#include "compiler/analysis/FourierReader.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis {

using namespace fourier;

namespace {

/// Angles that are looked at, and how far apart they are.
struct Net {
  std::vector<Angles> angles;
  double step = 0;
};

/// One iteration: its passes, and what smooths in them.
class Iteration {
public:
  explicit Iteration(Operation *loop);

  Estimate estimate();

private:
  Operation *loop;
  Levels levels;
  GridOp grid;
  std::array<bool, maxRank> coarsened = {false, false, false};
  /// The lowest frequency of each axis with its cells and sides, and whether
  /// waves along other axes may be constant along it.
  Angles lowest = {0, 0, 0};
  std::array<bool, maxRank> mayBeConstant = {true, true, true};

  bool hasCoarser() const { return levels.strides.size() > 1; }
  void findLevels();
  void addLevel(GridOp coarser);
  void findLowest();
  int64_t cellsOf(int64_t repeat) const;
  std::vector<Angles> lowAngles(int64_t repeat) const;
  bool raise(Angles &phi, int64_t repeat) const;
  Net netOf(int64_t repeat) const;
  Net about(const Angles &centre, double step, int64_t repeat) const;
  std::optional<double> factor(std::optional<Reason> &reason) const;
  std::vector<Number> settledNumbers(int64_t repeat,
                                     std::optional<Reason> &reason) const;
  std::optional<double> largestFactor(int64_t repeat,
                                      const std::vector<Number> &numbers,
                                      std::optional<Reason> &reason) const;
  std::optional<double> smoothing(Operation *smoother);
  std::vector<StepsOp> smoothers() const;
};

} // namespace

static Block &bodyOf(Operation *loop) { return loop->getRegion(0).front(); }

/// The field that a loop carries first, or null.
static FieldType carriedOf(Operation *loop) {
  for (BlockArgument argument : bodyOf(loop).getArguments())
    if (auto type = dyn_cast<FieldType>(argument.getType()))
      return type;
  return nullptr;
}

static bool goesThroughGrids(Operation *loop) {
  return loop
      ->walk([](Operation *op) {
        return isa<RestrictOp, ProlongOp>(op) ? WalkResult::interrupt()
                                              : WalkResult::advance();
      })
      .wasInterrupted();
}

//===----------------------------------------------------------------------===//
// Grids
//===----------------------------------------------------------------------===//

Iteration::Iteration(Operation *loop)
    : loop(loop), grid(gridOf(loop, carriedOf(loop))) {
  levels.rank = grid.rank();
  findLevels();
  findLowest();
}

void Iteration::findLevels() {
  levels.strides[grid.getSymName().str()] = {1, 1, 1};
  loop->walk([&](Operation *op) {
    for (Type type : op->getResultTypes())
      if (auto field = dyn_cast<FieldType>(type))
        addLevel(gridOf(op, field));
  });
  if (!hasCoarser())
    for (unsigned axis = 0; axis < levels.rank; ++axis)
      coarsened[axis] = true;
}

/// A coarser version of the grid, with those between.
void Iteration::addLevel(GridOp coarser) {
  std::string name = coarser.getSymName().str();
  if (levels.strides.count(name) || !coarser.getParentAttr())
    return;
  auto parent = SymbolTable::lookupNearestSymbolFrom<GridOp>(
      coarser->getParentOfType<ModuleOp>(), coarser.getParentAttr());
  addLevel(parent);
  auto found = levels.strides.find(parent.getSymName().str());
  if (found == levels.strides.end())
    return;
  Cell stride = found->second;
  for (unsigned axis = 0; axis < levels.rank; ++axis)
    if (coarser.axis(axis).getCoarsening() != Coarsening::Same) {
      coarsened[axis] = true;
      stride[axis] *= 2;
      levels.coarsest[axis] = std::max(levels.coarsest[axis], stride[axis]);
    }
  levels.strides[name] = stride;
}

/// By the sides of the first operator that is applied to the iterate's grid.
void Iteration::findLowest() {
  Operation *applied = nullptr;
  loop->walk([&](ApplyOp op) {
    if (!applied && gridOf(op, op.getField().getType()) == grid)
      applied = op;
  });
  for (unsigned axis = 0; axis < levels.rank; ++axis) {
    auto ruleAt = [&](bool high) {
      return applied ? ruleOf(applied, axis, high)
             : high  ? grid.axis(axis).getHigh()
                     : grid.axis(axis).getLow();
    };
    // A grid whose size only its input says is taken to be of a usual one.
    int64_t given = grid.axis(axis).getSize();
    double cells = given > 0 ? double(given) : 64;
    auto isClosed = [&](bool high) {
      Boundary rule = ruleAt(high);
      return rule == Boundary::Reflecting || rule == Boundary::Neumann;
    };
    if (ruleAt(false) == Boundary::Periodic) {
      lowest[axis] = 2 * M_PI / cells;
      continue;
    }
    mayBeConstant[axis] = isClosed(false) && isClosed(true);
    lowest[axis] = mayBeConstant[axis]                 ? M_PI / cells
                   : isClosed(false) != isClosed(true) ? M_PI / (2 * cells + 1)
                                                       : M_PI / (cells + 1);
  }
}

//===----------------------------------------------------------------------===//
// Frequencies
//===----------------------------------------------------------------------===//

/// The lowest frequencies of the grid itself: zero is none of an error's, or it
/// is left to the iteration what mean it gives.
std::vector<Angles> Iteration::lowAngles(int64_t repeat) const {
  std::vector<Angles> made;
  for (unsigned set = 1; set < 1U << levels.rank; ++set) {
    Angles phi = {0, 0, 0};
    for (unsigned axis = 0; axis < levels.rank; ++axis)
      if ((set >> axis & 1) || !mayBeConstant[axis])
        phi[axis] = lowest[axis] * double(repeat * levels.coarsest[axis]);
    if (!llvm::is_contained(made, phi))
      made.push_back(phi);
  }
  return made;
}

/// A net of as many angles as keep what is computed within bounds. Fields are
/// real, so half of them do along the first axis.
static Net regularNet(unsigned rank, size_t numCells) {
  static constexpr size_t budget = 1500, most = 4200;
  auto count = [&](int64_t parts) {
    auto sets = size_t(parts / 2 + 1);
    for (unsigned axis = 1; axis < rank; ++axis)
      sets *= size_t(parts);
    return sets;
  };
  int64_t parts = rank == 1 ? 64 : 16;
  while (parts > 2 && count(parts) * numCells > budget)
    parts -= 2;
  // A period of many cells has many frequencies by itself.
  if (count(parts) * numCells > most)
    parts = 1;
  Net made;
  made.step = 2 * M_PI / double(parts);
  for (size_t set = 0; set < count(parts); ++set) {
    Angles phi = {0, 0, 0};
    auto rest = int64_t(set);
    for (unsigned axis = rank; axis-- > 0; rest /= parts)
      phi[axis] = made.step * double(axis ? rest % parts : rest);
    made.angles.push_back(phi);
  }
  return made;
}

int64_t Iteration::cellsOf(int64_t repeat) const {
  int64_t cells = 1;
  for (unsigned axis = 0; axis < levels.rank; ++axis)
    cells *= repeat * levels.coarsest[axis];
  return cells;
}

/// No lower than the grid's lowest ones; false, if nothing but zero is left.
bool Iteration::raise(Angles &phi, int64_t repeat) const {
  bool isAny = false;
  for (unsigned axis = 0; axis < levels.rank; ++axis) {
    double least = lowest[axis] * double(repeat * levels.coarsest[axis]);
    if (std::abs(phi[axis]) < least && !(phi[axis] == 0 && mayBeConstant[axis]))
      phi[axis] = least;
    isAny |= phi[axis] != 0;
  }
  return isAny;
}

Net Iteration::netOf(int64_t repeat) const {
  Net made = regularNet(levels.rank, size_t(cellsOf(repeat)));
  std::vector<Angles> regular = std::move(made.angles);
  made.angles = lowAngles(repeat);
  for (Angles phi : regular)
    if (raise(phi, repeat))
      made.angles.push_back(phi);
  return made;
}

/// Three angles along each axis.
Net Iteration::about(const Angles &centre, double step, int64_t repeat) const {
  Net made;
  made.step = step;
  unsigned count = 1;
  for (unsigned axis = 0; axis < levels.rank; ++axis)
    count *= 3;
  for (unsigned place = 0; place < count; ++place) {
    Angles phi = centre;
    unsigned rest = place;
    for (unsigned axis = 0; axis < levels.rank; ++axis, rest /= 3)
      phi[axis] += step * (double(rest % 3) - 1);
    if (raise(phi, repeat))
      made.angles.push_back(phi);
  }
  return made;
}

//===----------------------------------------------------------------------===//
// Factors
//===----------------------------------------------------------------------===//

/// How many cells a period may have.
static constexpr int64_t maxCells = 4096;

/// The numbers that a loop carries, after so many passes that they do not
/// change any more; counters are large. Unknown ones stay so.
std::vector<Number>
Iteration::settledNumbers(int64_t repeat, std::optional<Reason> &reason) const {
  static constexpr int passes = 60;
  static constexpr double late = 1e8;
  Space space({lowAngles(repeat).front()});
  Reader reader(loop, levels, repeat, space);
  Reader::States zero;
  for (const Period &period : reader.periods())
    zero.push_back(space.zero(period));
  std::vector<Number> numbers = reader.initialNumbers();
  for (int pass = 0; pass < 2 * passes && !numbers.empty(); ++pass) {
    reader.setNumbers(numbers);
    reader.pass(zero);
    reason = reader.reason();
    if (reason)
      return {};
    bool isLast = pass + 1 == 2 * passes;
    for (auto [before, after] : llvm::zip(numbers, reader.yieldedNumbers())) {
      double change = after.value - before.value;
      bool isCounter = std::abs(change) == 1;
      before = after;
      if (pass + 1 == passes && isCounter)
        before.value += change * late;
      if (isLast && !isCounter && after.isKnown &&
          std::abs(change) > 1e-6 * std::abs(after.value))
        reason = Reason{"its passes are not alike", loop};
    }
  }
  return numbers;
}

/// Of a pass, where the angles of a space are, or in a finer net about those
/// where the factor is largest.
std::optional<double>
Iteration::largestFactor(int64_t repeat, const std::vector<Number> &numbers,
                         std::optional<Reason> &reason) const {
  static constexpr int nets = 3;
  // Many cells have many frequencies, whatever the angles.
  static constexpr int64_t manyCells = 64;
  Net net = netOf(repeat);
  double largest = 0;
  for (int finer = 0; finer < nets; ++finer) {
    Space space(net.angles);
    Reader reader(loop, levels, repeat, space);
    reader.setNumbers(numbers);
    auto found = spectralRadius(
        [&](const Reader::States &fields) { return reader.pass(fields); },
        reader.periods(), space, cellsOf(repeat) > manyCells ? 12 : 16);
    reason = reader.reason();
    if (reason || !found)
      return std::nullopt;
    largest = std::max(largest, found->value);
    if (cellsOf(repeat) > manyCells)
      break;
    net = about(space.anglesOf(found->set), net.step / 2, repeat);
  }
  // Zero but for rounding, where a double eigenvalue is of half the digits.
  return largest < 1e-6 ? 0 : largest;
}

/// Of a pass.
std::optional<double> Iteration::factor(std::optional<Reason> &reason) const {
  for (int64_t repeat : {1, 2, 3, 4, 5, 6}) {
    if (cellsOf(repeat) > maxCells) {
      if (!reason)
        reason = Reason{"it has too many levels", loop};
      return std::nullopt;
    }
    reason.reset();
    std::vector<Number> numbers = settledNumbers(repeat, reason);
    if (!reason)
      if (auto made = largestFactor(repeat, numbers, reason))
        return made;
    if (!reason || !reason->isPeriodTooShort)
      return std::nullopt;
  }
  return std::nullopt;
}

/// Of a sweep: the part of an error that the next coarser grid cannot
/// represent, after the sweep.
std::optional<double> Iteration::smoothing(Operation *smoother) {
  Levels own;
  own.rank = levels.rank;
  own.strides[grid.getSymName().str()] = {1, 1, 1};
  auto steps = dyn_cast<StepsOp>(smoother);
  bool isSequence = steps && smoother != loop &&
                    !steps.getBody().front().getArgument(0).use_empty();
  for (int64_t repeat : {2, 4, 6, 10}) {
    auto cells = size_t(1);
    for (unsigned axis = 0; axis < own.rank; ++axis)
      cells *= size_t(repeat);
    Space space(regularNet(own.rank, cells).angles);
    Reader reader(smoother, own, repeat, space);
    auto sweep = [&](const Reader::States &fields) {
      Reader::States made =
          isSequence ? reader.allPasses(fields) : reader.pass(fields);
      for (auto [field, period] : llvm::zip(made, reader.periods()))
        field = space.high(period, coarsened, *field);
      return made;
    };
    auto made = spectralRadius(sweep, reader.periods(), space);
    if (made && !reader.reason())
      return made->value;
    if (!reader.reason() || !reader.reason()->isPeriodTooShort)
      return std::nullopt;
  }
  return std::nullopt;
}

/// Loops within a pass that go on with the iterate on its own grid: sweeps of
/// smoothers. Those in them are parts of a sweep.
std::vector<StepsOp> Iteration::smoothers() const {
  std::vector<StepsOp> made;
  loop->walk<WalkOrder::PreOrder>([&](Operation *op) {
    auto steps = dyn_cast<StepsOp>(op);
    if (!steps || op == loop || goesThroughGrids(op))
      return WalkResult::advance();
    if (steps.getNumResults() == 1 && carriedOf(op) &&
        gridOf(op, carriedOf(op)) == grid)
      made.push_back(steps);
    return WalkResult::skip();
  });
  return made;
}

Estimate Iteration::estimate() {
  Estimate made;
  made.place = placeOf(loop);
  if (auto fixpoint = dyn_cast<FixpointOp>(loop))
    made.field = fixpoint.getWhat().str();
  made.levels = unsigned(levels.strides.size());
  std::optional<Reason> reason;
  made.factor = factor(reason);
  if (reason) {
    made.obstacle = reason->text;
    made.obstaclePlace = placeOf(reason->op);
  }
  if (!made.factor)
    return made;
  auto add = [&](Operation *smoother) {
    if (auto found = smoothing(smoother))
      if (llvm::none_of(made.smoothers, [&](double other) {
            return std::abs(other - *found) < 1e-6;
          }))
        made.smoothers.push_back(*found);
  };
  if (hasCoarser())
    for (StepsOp smoother : smoothers())
      add(smoother);
  else if (loop->getNumResults() == 1)
    add(loop);
  return made;
}

//===----------------------------------------------------------------------===//
// Programs
//===----------------------------------------------------------------------===//

std::vector<Estimate> estimateConvergence(ProgramOp program) {
  std::vector<Estimate> made;
  program->walk<WalkOrder::PreOrder>([&](Operation *op) {
    auto steps = dyn_cast<StepsOp>(op);
    bool isIteration = isa<FixpointOp>(op) || (steps && !steps.getEvolution());
    if (!isIteration)
      return WalkResult::advance();
    FieldType carried = carriedOf(op);
    if (carried && gridOf(op, carried).rank() <= maxRank &&
        (isa<FixpointOp>(op) || goesThroughGrids(op)))
      made.push_back(Iteration(op).estimate());
    return WalkResult::skip();
  });
  return made;
}

} // namespace pdec::analysis
