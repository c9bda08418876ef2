//===- OperatorMatrix.cpp - a stencil with its boundary rule as a matrix --===//

#include "compiler/reference/OperatorMatrix.h"

#include <algorithm>

namespace pdec::reference {

using pde::Boundary;

namespace {

using Entries = std::vector<Eigen::Triplet<double>>;

/// Where the terms of an operator come from: u's own cells, or what is given
/// for the outside.
class Continuation {
public:
  Continuation(pde::GridOp grid, const Position &sizes)
      : grid(grid), sizes(sizes), rank(grid.rank()) {
    int next = 0;
    for (unsigned axis = 0; axis < rank; ++axis)
      for (bool high : {false, true})
        operand[axis][high] = pde::needsOutside(rule(axis, high)) ? next++ : -1;
    cells.extent = sizes;
    outside.resize(next);
  }

  /// Adds weight*u[at] to a row, u continued beyond its grid. The last axis is
  /// brought inside first, since it continues what the earlier ones gave.
  void add(int64_t row, Position at, double weight) {
    for (unsigned axis = rank; axis-- > 0;)
      while (at[axis] < 0 || at[axis] >= sizes[axis]) {
        bool high = at[axis] >= sizes[axis];
        if (rule(axis, high) == Boundary::Dirichlet) {
          outside[operand[axis][high]].emplace_back(row, inside(at), weight);
          return;
        }
        if (rule(axis, high) == Boundary::Neumann) {
          int64_t d = high ? at[axis] - sizes[axis] + 1 : -at[axis];
          outside[operand[axis][high]].emplace_back(row, inside(at),
                                                    weight * (2 * d - 1));
        }
        at[axis] = image(axis, at[axis]);
      }
    linear.emplace_back(row, cells.index(at), weight);
  }

  Entries linear;
  std::vector<Entries> outside;

private:
  pde::GridOp grid;
  Position sizes;
  unsigned rank;
  int operand[3][2];
  Rows cells;

  Boundary rule(unsigned axis, bool high) {
    return high ? grid.axis(axis).getHigh() : grid.axis(axis).getLow();
  }

  /// The cell whose value continues a position outside.
  int64_t image(unsigned axis, int64_t at) {
    bool high = at >= sizes[axis];
    if (rule(axis, high) == Boundary::Periodic)
      return at + (high ? -sizes[axis] : sizes[axis]);
    return (high ? 2 * sizes[axis] - 1 : -1) - at;
  }

  /// The cell at which a field for the outside is read: the image, or at a
  /// dirichlet side, beyond which all is the same, the last cell.
  int64_t inside(Position at) {
    for (unsigned axis = 0; axis < rank; ++axis)
      while (at[axis] < 0 || at[axis] >= sizes[axis])
        at[axis] = rule(axis, at[axis] >= 0) == Boundary::Dirichlet
                       ? std::clamp<int64_t>(at[axis], 0, sizes[axis] - 1)
                       : image(axis, at[axis]);
    return cells.index(at);
  }
};

} // namespace

/// Entries of the same row and column add up.
static SparseMatrix matrixOf(const Entries &entries, int64_t rows,
                             int64_t columns) {
  SparseMatrix matrix(rows, columns);
  matrix.setFromTriplets(entries.begin(), entries.end());
  return matrix;
}

OperatorMatrix operatorMatrix(pde::StencilOp stencil, pde::GridOp grid,
                              const Position &sizes, const Rows &rows,
                              llvm::ArrayRef<double> weights) {
  Continuation continued(grid, sizes);
  for (int64_t row = 0; row < rows.count(); ++row)
    for (unsigned tap = 0; tap < weights.size(); ++tap) {
      Position at = rows.position(row);
      for (unsigned axis = 0; axis < grid.rank(); ++axis)
        at[axis] += stencil.offset(tap, axis);
      continued.add(row, at, weights[tap]);
    }
  int64_t columns = sizes[0] * sizes[1] * sizes[2];
  OperatorMatrix result{matrixOf(continued.linear, rows.count(), columns), {}};
  for (const Entries &entries : continued.outside)
    result.outside.push_back(matrixOf(entries, rows.count(), columns));
  return result;
}

SparseMatrix restrictionMatrix(pde::StencilOp stencil, pde::GridOp coarse,
                               const Position &fineSizes,
                               const Position &coarseSizes,
                               llvm::ArrayRef<double> weights) {
  Rows rows, columns;
  rows.extent = coarseSizes;
  columns.extent = fineSizes;
  Entries entries;
  for (int64_t row = 0; row < rows.count(); ++row)
    for (unsigned tap = 0; tap < weights.size(); ++tap) {
      Position at = rows.position(row);
      bool exists = true;
      for (unsigned axis = 0; axis < coarse.rank(); ++axis) {
        bool same = coarse.axis(axis).getCoarsening() == pde::Coarsening::Same;
        at[axis] = (same ? 1 : 2) * at[axis] + stencil.offset(tap, axis);
        int64_t size = fineSizes[axis];
        if (coarse.axis(axis).getLow() == Boundary::Periodic)
          at[axis] = (at[axis] % size + size) % size;
        exists &= at[axis] >= 0 && at[axis] < size;
      }
      if (exists)
        entries.emplace_back(row, columns.index(at), weights[tap]);
    }
  return matrixOf(entries, rows.count(), columns.count());
}

} // namespace pdec::reference
