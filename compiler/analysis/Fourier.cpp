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
  std::vector<Angles> anglesOf(int64_t repeat) const;
  std::vector<Angles> lowAngles(int64_t repeat) const;
  std::optional<double> factor(std::optional<Reason> &reason) const;
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

/// As many values of phi along each axis as keep what is computed within
/// bounds. Fields are real, so half of them would do along the first axis.
static std::vector<Angles> regularAngles(unsigned rank, size_t numCells,
                                         bool withZero) {
  static constexpr size_t budget = 1500;
  auto count = [&](int64_t parts) {
    size_t sets = size_t(parts / 2 + 1);
    for (unsigned axis = 1; axis < rank; ++axis)
      sets *= size_t(parts);
    return sets;
  };
  int64_t parts = rank == 1 ? 64 : 16;
  while (parts > 2 && count(parts) * numCells > budget)
    parts -= 2;
  std::vector<Angles> made;
  for (size_t set = 0; set < count(parts); ++set) {
    Angles phi = {0, 0, 0};
    auto rest = int64_t(set);
    for (unsigned axis = rank; axis-- > 0;) {
      int64_t step = axis ? rest % parts : rest;
      phi[axis] = 2 * M_PI * double(step) / double(parts);
      rest /= parts;
    }
    if (withZero || set > 0)
      made.push_back(phi);
  }
  return made;
}

std::vector<Angles> Iteration::anglesOf(int64_t repeat) const {
  size_t numCells = 1;
  for (unsigned axis = 0; axis < levels.rank; ++axis)
    numCells *= size_t(repeat * levels.coarsest[axis]);
  std::vector<Angles> made = lowAngles(repeat);
  for (Angles phi : regularAngles(levels.rank, numCells, /*withZero=*/false)) {
    for (unsigned axis = 0; axis < levels.rank; ++axis)
      if (phi[axis] == 0 && !mayBeConstant[axis])
        phi[axis] = lowest[axis] * double(repeat * levels.coarsest[axis]);
    made.push_back(phi);
  }
  return made;
}

//===----------------------------------------------------------------------===//
// Factors
//===----------------------------------------------------------------------===//

/// How many cells a period may have.
static constexpr int64_t maxCells = 4096;

/// Of a pass.
std::optional<double> Iteration::factor(std::optional<Reason> &reason) const {
  for (int64_t repeat : {1, 2, 3, 4, 5, 6}) {
    int64_t cells = 1;
    for (unsigned axis = 0; axis < levels.rank; ++axis)
      cells *= repeat * levels.coarsest[axis];
    if (cells > maxCells) {
      if (!reason)
        reason = Reason{"it has too many levels", loop};
      return std::nullopt;
    }
    Space space(anglesOf(repeat));
    Reader reader(loop, levels, repeat, space);
    auto made = spectralRadius(
        [&](const Reader::States &fields) { return reader.pass(fields); },
        reader.periods(), space);
    reason = reader.reason();
    if (made && !reason)
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
  for (int64_t repeat : {2, 4, 6}) {
    auto cells = size_t(1);
    for (unsigned axis = 0; axis < own.rank; ++axis)
      cells *= size_t(repeat);
    Space space(regularAngles(own.rank, cells, /*withZero=*/true));
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
      return made;
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
  else
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
    if (carriedOf(op) && (isa<FixpointOp>(op) || goesThroughGrids(op)))
      made.push_back(Iteration(op).estimate());
    return WalkResult::skip();
  });
  return made;
}

} // namespace pdec::analysis
