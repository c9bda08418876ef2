//===- DerivedGrids.cpp - sizes of the coarser grids of hierarchies -------===//

#include "runtime/execution/DerivedGrids.h"
#include "compiler/support/Coarsening.h"
#include "runtime/system/Text.h"

#include <string>

using namespace pdert;
using pdec::CoarseningKind;
using pdec::coarserSize;

static_assert(int(CoarseningKind::Vertex) == PDE_VERTEX &&
              int(CoarseningKind::Cell) == PDE_CELL &&
              int(CoarseningKind::Same) == PDE_SAME);

namespace {

/// What the hierarchies on one grid ask of one of its axes.
class AxisHierarchies {
public:
  AxisHierarchies(const pde_program &program, int32_t root, int32_t axis);

  /// Whether all coarser grids exist and are large enough when the axis has
  /// `size` cells.
  bool suits(int64_t size) const;

  /// What the deepest hierarchy asks for; empty: nothing.
  std::string rule() const { return levels.empty() ? "" : formText(deepest()); }

  /// Throws a Failure about a size that does not suit.
  [[noreturn]] void refuse(int64_t size) const;

private:
  /// A derived grid; its parent is another entry, or the root for -1.
  struct Level {
    int parent;
    int32_t coarsening;
    int64_t single; ///< 1: one cell, whatever the parent has; else 0
    int64_t least;
    int depth;              ///< grids from the root to it, itself not counted
    int64_t factor, offset; ///< the root's size is factor * own + offset
  };

  int64_t nearest(int64_t size, int step) const;
  static std::string formText(const Level &level);
  const Level &deepest() const;

  const pde_grid &root;
  int32_t axis;
  std::vector<Level> levels;
};

} // namespace

AxisHierarchies::AxisHierarchies(const pde_program &program, int32_t rootIndex,
                                 int32_t axis)
    : root(program.grids[rootIndex]), axis(axis) {
  std::vector<int> entry(program.num_grids, -2); // -2: on another grid
  entry[rootIndex] = -1;
  for (int32_t g = rootIndex + 1; g < program.num_grids; ++g) {
    const pde_grid &grid = program.grids[g];
    if (!isDerived(grid) || entry[grid.parent] == -2 || isSeen(program, g))
      continue;
    Level level = {entry[grid.parent],
                   grid.coarsening[axis],
                   grid.size[axis],
                   std::max<int64_t>(1, grid.min_size[axis]),
                   1,
                   1,
                   0};
    if (level.parent >= 0) {
      level.depth = levels[level.parent].depth + 1;
      level.factor = levels[level.parent].factor;
      level.offset = levels[level.parent].offset;
    }
    if (level.coarsening == PDE_VERTEX)
      level.offset += level.factor;
    if (level.coarsening != PDE_SAME)
      level.factor *= 2;
    entry[g] = static_cast<int>(levels.size());
    levels.push_back(level);
  }
}

bool AxisHierarchies::suits(int64_t size) const {
  std::vector<int64_t> sizes;
  for (const Level &level : levels) {
    int64_t above = level.parent < 0 ? size : sizes[level.parent];
    sizes.push_back(level.single ? level.single
                                 : coarserSize(level.coarsening, above));
    if (sizes.back() < level.least)
      return false;
  }
  return size >= root.min_size[axis];
}

const AxisHierarchies::Level &AxisHierarchies::deepest() const {
  const Level *best = &levels.front();
  for (const Level &level : levels)
    if (level.factor > best->factor ||
        (level.factor == best->factor && level.depth > best->depth))
      best = &level;
  return *best;
}

/// The nearest size in one direction that suits, or 0.
int64_t AxisHierarchies::nearest(int64_t size, int step) const {
  // What the deepest hierarchy asks for, others may forbid; but with its
  // factor all of them recur.
  const Level &deep = deepest();
  int64_t rest =
      ((size - deep.offset) % deep.factor + deep.factor) % deep.factor;
  int64_t candidate = size - rest;
  if (step > 0 &&
      __builtin_add_overflow(candidate, rest ? deep.factor : 0, &candidate))
    return 0;
  constexpr int mostSteps = 100000;
  for (int i = 0; i < mostSteps && (candidate > 0 || step > 0); ++i) {
    if (suits(candidate))
      return candidate;
    if (__builtin_add_overflow(candidate, step * deep.factor, &candidate))
      return 0;
  }
  return 0;
}

/// The sizes that can be halved down to `level`: "16*k - 1"; empty for all.
std::string AxisHierarchies::formText(const Level &level) {
  if (level.factor == 1)
    return "";
  std::string text = format("%lld*k", static_cast<long long>(level.factor));
  if (level.offset == level.factor - 1)
    return text + " - 1";
  return level.offset == 0
             ? text
             : text + format(" + %lld", static_cast<long long>(level.offset));
}

void AxisHierarchies::refuse(int64_t size) const {
  const Level &deep = deepest();
  std::string start = format("grid %s has %lld cell%s along %s, but ",
                             root.name, static_cast<long long>(size),
                             size == 1 ? "" : "s", root.axis[axis]);
  long long below = nearest(size, -1), above = nearest(size, 1);
  if (!below && !above)
    fail("%sno size near that suits all its hierarchies", start.c_str());
  start += format("its hierarchy of %d levels needs ", deep.depth + 1);
  std::string form = formText(deep);
  if (!below)
    fail("%s%sat least %lld", start.c_str(),
         form.empty() ? "" : (form + ", ").c_str(), above);
  if (!above)
    fail("%s%s: the nearest is %lld", start.c_str(), form.c_str(), below);
  fail("%s%s: the nearest are %lld and %lld", start.c_str(), form.c_str(),
       below, above);
}

std::string pdert::sizeRule(const pde_program &program, int32_t grid,
                            int32_t axis) {
  return AxisHierarchies(program, grid, axis).rule();
}

/// The sizes of a grid that shows those axes of its parent that are left.
static void copySeen(const pde_program &program, int32_t seen,
                     std::vector<int64_t> &sizes) {
  int32_t parent = program.grids[seen].parent;
  int64_t *next = &sizes[seen * PDE_MAX_RANK];
  std::fill(next, next + PDE_MAX_RANK, 1);
  for (int32_t axis = 0; axis < program.grids[parent].rank; ++axis)
    if (!isSingle(program.grids[parent], axis))
      *next++ = sizes[parent * PDE_MAX_RANK + axis];
}

void pdert::computeDerivedSizes(const pde_program &program,
                                std::vector<int64_t> &sizes) {
  for (int32_t g = 0; g < program.num_grids; ++g) {
    const pde_grid &grid = program.grids[g];
    if (isSeen(program, g)) {
      copySeen(program, g, sizes);
      continue;
    }
    for (int32_t axis = 0; axis < PDE_MAX_RANK; ++axis) {
      int64_t &size = sizes[g * PDE_MAX_RANK + axis];
      if (axis >= grid.rank) {
        size = 1;
      } else if (isDerived(grid) && grid.size[axis]) {
        size = grid.size[axis];
      } else if (isDerived(grid)) {
        size = coarserSize(grid.coarsening[axis],
                           sizes[grid.parent * PDE_MAX_RANK + axis]);
      } else if (size > 0) {
        AxisHierarchies hierarchies(program, g, axis);
        if (!hierarchies.suits(size))
          hierarchies.refuse(size);
      }
    }
  }
}
