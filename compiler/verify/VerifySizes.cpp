//===- VerifySizes.cpp - on which sizes verify compares -------------------===//

#include "compiler/verify/VerifySizes.h"
#include "compiler/support/Coarsening.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

#include <algorithm>
#include <array>

namespace pdec::driver {

using pde::Interface;

//===----------------------------------------------------------------------===//
// Legal sizes
//===----------------------------------------------------------------------===//

/// Sets the sizes along an axis of all grids that coarsen `root`; false if one
/// does not exist or is too small.
static bool setAxis(const Interface &interface, int root, size_t axis,
                    int64_t size, std::vector<int64_t> &sizes) {
  std::vector<bool> belongs(interface.grids.size(), false);
  for (size_t g = root; g < interface.grids.size(); ++g) {
    const Interface::Grid &grid = interface.grids[g];
    bool isRoot = int(g) == root;
    if (!isRoot && (grid.parent < 0 || !belongs[grid.parent]))
      continue;
    belongs[g] = true;
    int64_t &own = sizes[3 * g + axis];
    own = isRoot                 ? size
          : grid.axes[axis].size ? grid.axes[axis].size
                                 : coarserSize(grid.axes[axis].coarsening,
                                               sizes[3 * grid.parent + axis]);
    if (own < std::max<int64_t>(1, grid.axes[axis].minSize))
      return false;
  }
  return true;
}

GridSizes::GridSizes(const Interface &interface, std::vector<int64_t> wanted)
    : interface(&interface), sizes(3 * interface.grids.size(), 1) {
  // The chains of hierarchies are powers of two, so a legal size is near.
  constexpr int64_t farthest = 1 << 16;
  for (size_t g = 0; g < interface.grids.size(); ++g)
    for (size_t axis = 0; axis < interface.grids[g].axes.size(); ++axis)
      if (interface.grids[g].parent < 0)
        for (int64_t more = 0; more < farthest; ++more)
          if (setAxis(interface, g, axis, wanted[3 * g + axis] + more, sizes))
            break;
  for (size_t g = 0; g < interface.grids.size(); ++g)
    if (interface.grids[g].isArray())
      for (size_t axis = 0; axis < interface.grids[g].axes.size(); ++axis)
        sizes[3 * g + axis] = interface.grids[g].axes[axis].size;
}

int64_t GridSizes::cells(int grid) const {
  return sizes[3 * grid] * sizes[3 * grid + 1] * sizes[3 * grid + 2];
}

int64_t GridSizes::mostCells() const {
  int64_t most = 0;
  for (size_t g = 0; g < interface->grids.size(); ++g)
    most = std::max(most, cells(g));
  return most;
}

std::string GridSizes::text() const {
  std::vector<std::string> texts;
  for (size_t g = 0; g < interface->grids.size(); ++g) {
    if (interface->grids[g].parent >= 0 || interface->grids[g].isArray())
      continue;
    std::string text;
    for (size_t axis = 0; axis < interface->grids[g].axes.size(); ++axis)
      text += (axis ? "x" : "") + std::to_string(sizes[3 * g + axis]);
    if (!llvm::is_contained(texts, text))
      texts.push_back(text);
  }
  // A script of numbers alone.
  return texts.empty() ? "no" : llvm::join(texts, " and ");
}

std::string GridSizes::cellText(const Interface::Port &field,
                                int64_t cell) const {
  if (field.isNumber()) // one of those that are recorded
    return std::to_string(cell);
  auto extents = field.extents(sizes);
  size_t rank = interface->grids[field.grid].axes.size();
  std::vector<std::string> indices(rank);
  for (size_t axis = rank; axis-- > 0;) {
    indices[axis] = std::to_string(cell % extents[axis]);
    cell /= extents[axis];
  }
  std::string text = llvm::join(indices, ", ");
  return rank > 1 ? "(" + text + ")" : text;
}

//===----------------------------------------------------------------------===//
// What to compare on
//===----------------------------------------------------------------------===//

namespace {

/// Wanted cells along an axis: `number`, or as many more than the least size.
struct Wanted {
  enum Kind { LeastAnd, TwiceLeastAnd, Exactly } kind;
  int64_t number;
};
using WantedSizes = std::array<Wanted, 3>;

} // namespace

static Wanted least(int64_t more) { return {Wanted::LeastAnd, more}; }
static Wanted twice(int64_t more) { return {Wanted::TwiceLeastAnd, more}; }
static Wanted exactly(int64_t number) { return {Wanted::Exactly, number}; }
/// For axes that a grid lacks.
static const Wanted one = exactly(1);

/// One size for each entry; `lists` by rank, of equal lengths. Grids of one
/// rank have the same sizes where they may.
static std::vector<GridSizes>
sizesFrom(const Interface &interface,
          const std::array<std::vector<WantedSizes>, 3> &lists) {
  GridSizes smallest(interface,
                     std::vector<int64_t>(3 * interface.grids.size(), 1));
  // The least legal size by rank and axis.
  int64_t leasts[3][3] = {};
  for (size_t g = 0; g < interface.grids.size(); ++g) {
    size_t rank = interface.grids[g].axes.size();
    bool isFree =
        interface.grids[g].parent < 0 && !interface.grids[g].isArray();
    for (size_t axis = 0; axis < rank && isFree; ++axis)
      leasts[rank - 1][axis] =
          std::max(leasts[rank - 1][axis], smallest.all()[3 * g + axis]);
  }
  std::vector<GridSizes> result;
  for (size_t i = 0; i < lists[0].size(); ++i) {
    std::vector<int64_t> wanted;
    for (const Interface::Grid &grid : interface.grids) {
      size_t rank = grid.axes.size();
      for (size_t axis = 0; axis < 3; ++axis) {
        Wanted want = lists[rank - 1][i][axis];
        int64_t least = leasts[rank - 1][axis];
        int64_t factor = want.kind == Wanted::TwiceLeastAnd ? 2 : 1;
        wanted.push_back(want.kind == Wanted::Exactly
                             ? std::max(want.number, least)
                             : factor * least + want.number);
      }
    }
    GridSizes sizes(interface, wanted);
    if (!llvm::is_contained(result, sizes))
      result.push_back(sizes);
  }
  return result;
}

/// Beyond so many cells of a hierarchy the size between the smallest and the
/// one with whole vectors adds time only.
static constexpr int64_t mostCellsBetween = 2000;

std::vector<GridSizes> sizesToProve(const Interface &interface) {
  auto of = exactly;
  std::vector<GridSizes> sizes = sizesFrom(
      interface,
      {{{{least(0), one, one}, {least(3), one, one}, {twice(41), one, one}},
        {{least(0), least(0), one},
         {least(3), least(1), one},
         {of(3), twice(41), one}},
        {{least(0), least(0), least(0)},
         {least(1), least(3), least(2)},
         {of(2), of(3), of(24)}}}});
  if (sizes.size() == 3 && sizes[1].mostCells() > mostCellsBetween)
    sizes.erase(sizes.begin() + 1);
  return sizes;
}

/// Iterations take many passes; so their runs are on at most so many cells.
static constexpr int64_t mostCellsOfIterations = 1100;

std::vector<GridSizes> sizesToRun(const Interface &interface) {
  auto of = exactly;
  std::vector<GridSizes> sizes =
      sizesFrom(interface, {{{{least(0), one, one},
                              {least(1), one, one},
                              {of(3), one, one},
                              {of(5), one, one},
                              {of(17), one, one},
                              {of(64), one, one},
                              {of(257), one, one},
                              {of(1021), one, one},
                              {of(10007), one, one},
                              {of(40009), one, one}},
                             {{least(0), least(0), one},
                              {least(1), least(0), one},
                              {of(3), of(5), one},
                              {of(7), of(4), one},
                              {of(17), of(9), one},
                              {of(6), of(64), one},
                              {of(33), of(31), one},
                              {of(1021), of(6), one},
                              {of(67), of(150), one},
                              {of(149), of(271), one}},
                             {{least(0), least(0), least(0)},
                              {least(1), least(0), least(2)},
                              {of(3), of(4), of(5)},
                              {of(6), of(5), of(3)},
                              {of(4), of(3), of(17)},
                              {of(5), of(6), of(35)},
                              {of(11), of(10), of(9)},
                              {of(3), of(70), of(7)},
                              {of(19), of(17), of(33)},
                              {of(31), of(34), of(41)}}}});
  if (!interface.loops.empty() && sizes.size() > 1)
    sizes.erase(std::remove_if(sizes.begin() + 1, sizes.end(),
                               [](const GridSizes &one) {
                                 return one.mostCells() > mostCellsOfIterations;
                               }),
                sizes.end());
  llvm::sort(sizes, [](const GridSizes &a, const GridSizes &b) {
    return std::pair(a.mostCells(), a.all()) <
           std::pair(b.mostCells(), b.all());
  });
  return sizes;
}

} // namespace pdec::driver
