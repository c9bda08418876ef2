//===- TileChoice.cpp - the shape of a sweep's tiles ----------------------===//

#include "compiler/kernel/TileChoice.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

static int64_t numScratch(const SweepPlan &plan) {
  return llvm::count_if(plan.stages,
                        [](const Stage &stage) { return stage.isScratch(); });
}

static int64_t elementBytes(const SweepPlan &plan) {
  return plan.sweep.type().getElement().getIntOrFloatBitWidth() / 8;
}

static const TileShape *shapeFor(const SweepPlan &plan,
                                 const TileLimits &limits) {
  auto found = llvm::find_if(limits.shapes, [&](const TileShape &shape) {
    return shape.cells.size() == plan.rank();
  });
  return found == limits.shapes.end() ? nullptr : &*found;
}

/// The rows that each level is read around a step's box.
static Surround haloOf(const SweepPlan &plan) {
  Surround halo(plan.rank());
  unsigned states = plan.sweep.getNumResults();
  for (Value level : plan.sweep.getBody().getArguments().slice(1, states))
    if (auto found = plan.leaves.find(level); found != plan.leaves.end())
      halo.include(found->second);
  return halo;
}

static TileAttr attrOf(const SweepPlan &plan, ArrayRef<int64_t> cells,
                       int64_t steps, int64_t rows = 1, int64_t piece = 0) {
  return TileAttr::get(plan.sweep.getContext(), cells, steps, rows, piece, 0);
}

//===----------------------------------------------------------------------===//
// One axis
//===----------------------------------------------------------------------===//

/// Cells of a tile of one axis with so many buffers, so that these fit a cache.
static int64_t cellsOfLine(const SweepPlan &plan, int64_t buffers,
                           const TileLimits &limits) {
  int64_t cells = limits.lineBytes / (elementBytes(plan) * buffers);
  return std::max<int64_t>(256, cells / 64 * 64);
}

/// The number of steps such that cells computed twice stay a small part.
static TileAttr stepsOfLine(const SweepPlan &plan, const TileLimits &limits) {
  int64_t buffers = numScratch(plan) + 2 * plan.sweep.getNumResults();
  int64_t cells = cellsOfLine(plan, buffers, limits);
  Reach halo = haloOf(plan)[0];
  // Half of the steps' halos is computed twice on average: 1/32 of a tile.
  int64_t both = std::max<int64_t>(1, halo.low + halo.high);
  return attrOf(plan, {cells},
                std::clamp<int64_t>(cells / 16 / both, 1, limits.maxSteps));
}

//===----------------------------------------------------------------------===//
// Several axes, one step
//===----------------------------------------------------------------------===//

/// Cells of a tile on each of several axes. Without scratch memory, the rows
/// that are read again for the next ones stay in the first-level cache; with
/// it, the scratch memory of a tile in the second-level one.
static TileAttr tileOfBlock(const SweepPlan &plan, const TileLimits &limits) {
  int64_t outer = plan.rank() == 2 ? 32 : 16;
  SmallVector<int64_t> cells(plan.rank(), outer);
  cells.back() = 1024;
  if (int64_t buffers = numScratch(plan)) {
    int64_t lines = buffers * elementBytes(plan);
    for (unsigned axis = 0; axis + 1 < plan.rank(); ++axis)
      lines *= outer + 4;
    cells.back() = std::clamp<int64_t>(limits.blockBytes / lines / 64 * 64, 64,
                                       cells.back());
  }
  return attrOf(plan, cells, 0);
}

//===----------------------------------------------------------------------===//
// Several axes and steps
//===----------------------------------------------------------------------===//

namespace {

/// What a wavefront of some shape costs, in rough cycles for a cell and a step.
/// The numbers are of cores of these years, and only their ratios matter.
class WavefrontCost {
public:
  WavefrontCost(SweepPlan &plan, const TileLimits &limits);
  /// Infinite if the shape needs too much memory.
  double of(ArrayRef<int64_t> cells, int64_t steps) const;
  /// Of one step by tiles of these cells, which compute scratch memory around
  /// them again.
  double ofBlocks(ArrayRef<int64_t> cells) const;

  static constexpr double memoryBytesPerCycle = 5, cacheBytesPerCycle = 48,
                          cyclesPerRow = 80;
  /// The third-level cache that a thread has for itself, in parts of the
  /// second-level one's.
  static constexpr int64_t outerCache = 6;

private:
  const SweepPlan &plan;
  const TileLimits &limits;
  Surround halo;
  double cellCycles; ///< of arithmetic
  double levelBytes; ///< read and written for a cell of all levels
  double otherBytes; ///< read besides, of fields that stay as they are

  double bytesOf(ArrayRef<int64_t> cells, int64_t steps) const;
};

} // namespace

WavefrontCost::WavefrontCost(SweepPlan &plan, const TileLimits &limits)
    : plan(plan), limits(limits), halo(haloOf(plan)) {
  int64_t bytes = elementBytes(plan), states = plan.sweep.getNumResults();
  cellCycles = plan.cellCost() * bytes / limits.vectorBytes;
  // What is written is read first, line by line.
  levelBytes = 3 * bytes * states;
  int64_t leaves = llvm::count_if(
      plan.leaves, [&](auto &leaf) { return plan.isOwnGrid(leaf.first); });
  otherBytes = bytes * std::max<int64_t>(0, leaves - states);
}

/// Scratch memory of a tile: TileBuilder::takeBuffer, but for cache lines.
double WavefrontCost::bytesOf(ArrayRef<int64_t> cells, int64_t steps) const {
  double row = elementBytes(plan);
  for (unsigned axis = 1; axis < plan.rank(); ++axis)
    row *= cells[axis] + (steps - 1) * (halo[axis].low + halo[axis].high);
  double ring = llvm::PowerOf2Ceil(halo[0].low + halo[0].high + 1);
  double levels = plan.sweep.getNumResults() * (steps - 1) * ring;
  return row * (levels + ring * steps * numScratch(plan));
}

double WavefrontCost::of(ArrayRef<int64_t> cells, int64_t steps) const {
  double bytes = bytesOf(cells, steps), wider = 1, computed = 1;
  if (bytes > outerCache * limits.wavefrontBytes)
    return std::numeric_limits<double>::infinity();
  for (unsigned axis = 0; axis < plan.rank(); ++axis) {
    double around =
        double((steps - 1) * (halo[axis].low + halo[axis].high)) / cells[axis];
    wider *= 1 + around;
    computed *= 1 + around / 2;
  }
  double cycles = cellCycles + cyclesPerRow / cells.back();
  if (bytes > limits.wavefrontBytes)
    cycles += levelBytes / cacheBytesPerCycle;
  double moved = (levelBytes + otherBytes) * wider / steps;
  return cycles * computed + moved / memoryBytesPerCycle;
}

double WavefrontCost::ofBlocks(ArrayRef<int64_t> cells) const {
  double computed = 1;
  for (unsigned axis = 0; axis < plan.rank(); ++axis) {
    Reach around;
    for (const Stage &stage : plan.stages)
      if (stage.isScratch())
        around.include(stage.reach[axis]);
    computed *= 1 + double(around.low + around.high) / cells[axis];
  }
  return (cellCycles + cyclesPerRow / cells.back()) * computed +
         (levelBytes + otherBytes) / memoryBytesPerCycle;
}

/// Where loads take longer than arithmetic, two rows at once share some. In
/// three dimensions too much lies between them (measured).
static int64_t rowsTogether(SweepPlan &plan) {
  return plan.rank() == 2 && plan.cellCost() < 32 ? 2 : 1;
}

/// The cheapest of some shapes. Along the first axis a tile may be long, since
/// its memory does not grow with that, but there should be work for all
/// threads; that is settled when a program runs.
static TileAttr tileOfWavefront(SweepPlan &plan, int64_t passes,
                                const TileLimits &limits) {
  WavefrontCost cost(plan, limits);
  int64_t length = plan.rank() == 2 ? 256 : 128;
  TileAttr once = tileOfBlock(plan, limits);
  double least = cost.ofBlocks(once.getCells());
  SmallVector<int64_t> cells(plan.rank(), length), best(once.getCells());
  int64_t bestSteps = 1;
  auto tryShape = [&](int64_t steps) {
    double cycles = cost.of(cells, steps);
    if (cycles < least) {
      least = cycles;
      best = cells;
      bestSteps = steps;
    }
  };
  int64_t most = std::min(passes, limits.maxSteps);
  for (int64_t rowCells = 128; rowCells <= 2048; rowCells += 128)
    for (int64_t rows = 16; rows <= (plan.rank() == 2 ? 16 : 128); rows += 16)
      for (int64_t steps = 2; steps <= most; ++steps) {
        cells.back() = rowCells;
        if (plan.rank() == 3)
          cells[1] = rows;
        tryShape(steps);
      }
  return attrOf(plan, best, bestSteps, rowsTogether(plan));
}

//===----------------------------------------------------------------------===//
// Several axes and stages
//===----------------------------------------------------------------------===//

/// Blocks of rows would compute more than an eighth of their cells twice.
static constexpr int64_t leastRowsOfChain = 4;

/// Whether stages read each other so far that tiles pay which go from row to
/// row through all of them. Periodic fields would have to be copied.
static bool isChain(const SweepPlan &plan) {
  if (plan.rank() == 1 || plan.rowsAround() < leastRowsOfChain)
    return false;
  for (unsigned axis = 0; axis < plan.rank(); ++axis)
    if (isPeriodic(plan.grid, axis))
      return false;
  return true;
}

/// Rows of a piece, which are computed together. In three dimensions they are
/// planes.
static int64_t pieceOfChain(const SweepPlan &plan) {
  return plan.rank() == 2 ? 2 : 1;
}

int64_t ringOf(const Stage &stage, int64_t piece) {
  return llvm::PowerOf2Ceil(stage.kept + piece);
}

namespace {

/// What tiles of some shape cost that go from row to row through all stages, in
/// the terms of WavefrontCost: here all of them are charged that a tile
/// computes around its own cells, and nothing is if its rings leave the
/// second-level cache: it costs less than what smaller tiles compute again.
class ChainCost {
public:
  ChainCost(SweepPlan &plan, const TileLimits &limits)
      : plan(plan), limits(limits),
        cycles(plan.cellCost() * elementBytes(plan) / limits.vectorBytes) {}
  double of(ArrayRef<int64_t> cells) const;

private:
  /// Whole planes of a cube of 128 fit that (measured).
  static constexpr int64_t outerCache = 2 * WavefrontCost::outerCache;

  const SweepPlan &plan;
  const TileLimits &limits;
  double cycles; ///< of a cell's arithmetic
};

} // namespace

double ChainCost::of(ArrayRef<int64_t> cells) const {
  double bytes = 0, computed = 0;
  for (const Stage &stage : plan.stages) {
    double row = elementBytes(plan), wider = 1;
    for (unsigned axis = 0; axis < plan.rank(); ++axis) {
      int64_t around = stage.reach[axis].low + stage.reach[axis].high;
      wider *= 1 + double(around) / cells[axis];
      row *= axis == 0 ? 1 : cells[axis] + around;
    }
    computed += wider / plan.stages.size();
    if (stage.isScratch())
      bytes += row * ringOf(stage, pieceOfChain(plan));
  }
  if (bytes > outerCache * limits.wavefrontBytes)
    return std::numeric_limits<double>::infinity();
  double ofRows = WavefrontCost::cyclesPerRow / cells.back();
  return (cycles + ofRows * plan.stages.size()) * computed;
}

/// The cheapest of some shapes, whose numbers of cells are powers of two since
/// those of hierarchies are nearly. In three dimensions rows are short: what a
/// longer one saves, the shorter other axis loses (measured).
static TileAttr tileOfChain(SweepPlan &plan, const TileLimits &limits) {
  ChainCost cost(plan, limits);
  bool isPlane = plan.rank() == 2;
  SmallVector<int64_t> cells(plan.rank(), isPlane ? 256 : 128);
  SmallVector<int64_t> best(tileOfBlock(plan, limits).getCells());
  double least = std::numeric_limits<double>::infinity();
  for (int64_t most = isPlane ? 2048 : 128; most >= 16; most /= 2) {
    cells[1] = most;
    if (double cycles = cost.of(cells); cycles < least) {
      least = cycles;
      best = cells;
    }
  }
  return attrOf(plan, best, 0, pieceOfChain(plan), pieceOfChain(plan));
}

//===----------------------------------------------------------------------===//
// Choices
//===----------------------------------------------------------------------===//

TileAttr chooseTile(SweepPlan &plan, const TileLimits &limits) {
  if (const TileShape *shape = shapeFor(plan, limits))
    return isChain(plan) ? attrOf(plan, shape->cells, 0, pieceOfChain(plan),
                                  pieceOfChain(plan))
                         : attrOf(plan, shape->cells, 0);
  if (isChain(plan))
    return tileOfChain(plan, limits);
  if (plan.rank() > 1)
    return tileOfBlock(plan, limits);
  return attrOf(plan, {cellsOfLine(plan, numScratch(plan) + 1, limits)}, 0);
}

TileAttr chooseSteps(SweepPlan &plan, int64_t passes,
                     const TileLimits &limits) {
  if (const TileShape *shape = shapeFor(plan, limits))
    return attrOf(plan, shape->cells, shape->steps, rowsTogether(plan));
  return plan.rank() == 1 ? stepsOfLine(plan, limits)
                          : tileOfWavefront(plan, passes, limits);
}

} // namespace pdec::kernel
