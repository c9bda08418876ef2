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
  Continuation(const GivenSides &sides, const Position &sizes,
               const Rows &columns)
      : sides(sides), sizes(sizes), columns(columns) {
    for (unsigned axis = 0; axis < 3; ++axis)
      for (bool high : {false, true})
        operand[axis][high] =
            hasValue(sides[axis][high].rule) ? outside.emplace_back(),
        outside.size() - 1                   : 0;
  }

  /// Adds weight*u[at] to a row, u continued along the first `axes` axes, the
  /// last of which continues what the earlier ones gave.
  void add(int64_t row, Position at, double weight, unsigned axes = 3) {
    if (axes == 0) {
      linear.emplace_back(row, columns.index(at), weight);
      return;
    }
    unsigned axis = axes - 1;
    if (columns.has(axis, at[axis]))
      return add(row, at, weight, axis);
    addBeyond(row, at, weight, axis);
  }

  Entries linear;
  std::vector<Entries> outside;

private:
  const GivenSides &sides;
  const Position &sizes;
  const Rows &columns;
  size_t operand[3][2];

  static bool hasValue(Boundary rule) {
    return rule != Boundary::Reflecting && rule != Boundary::Periodic;
  }

  /// The formulas of the rules, one by one.
  void addBeyond(int64_t row, Position at, double weight, unsigned axis) {
    int64_t n = sizes[axis], own = at[axis];
    bool high = own >= n;
    int64_t d = high ? own - n + 1 : -own;
    const GivenSide &side = sides[axis][high];
    auto cell = [&](int64_t inside, double factor) {
      Position there = at;
      there[axis] = inside;
      add(row, there, factor * weight, axis + 1);
    };
    auto value = [&](double factor) {
      outside[operand[axis][high]].emplace_back(
          row, placeOfValue(side, at, axis), factor * weight);
    };
    int64_t mirror = (high ? 2 * n - 1 : -1) - own;
    switch (side.rule) {
    case Boundary::Reflecting:
      return cell(mirror, 1);
    case Boundary::Periodic:
      return cell(high ? own - n : own + n, 1);
    case Boundary::Dirichlet:
      return value(1);
    case Boundary::Neumann:
      value(2 * d - 1);
      return cell(mirror, 1);
    case Boundary::Robin:
      if (!side.hasFactors)
        return cell(mirror, side.scalars[d - 1]);
      value(side.scalars[2 * d - 1]);
      return cell(mirror, side.scalars[2 * d - 2]);
    case Boundary::Extrapolated: {
      int64_t first = (side.hasFactors ? 3 : 2) * (d - 1);
      if (side.hasFactors)
        value(side.scalars[first + 2]);
      cell(high ? n - 1 : 0, side.scalars[first]);
      return cell(high ? n - 2 : 1, side.scalars[first + 1]);
    }
    }
  }

  /// The cell at which the value of a side is read: the nearest one along its
  /// axis; along others the copied one where the rule copies, else the nearest
  /// one that the value has.
  int64_t placeOfValue(const GivenSide &side, Position at, unsigned axis) {
    for (unsigned other = 0; other < 3; ++other) {
      int64_t n = sizes[other], &own = at[other];
      if (other == axis)
        own = std::clamp<int64_t>(own, 0, n - 1);
      while (!columns.has(other, own)) {
        bool high = own >= n;
        Boundary rule = sides[other][high].rule;
        if (rule == Boundary::Periodic)
          own += high ? -n : n;
        else if (rule == Boundary::Reflecting)
          own = (high ? 2 * n - 1 : -1) - own;
        else
          break;
      }
      int64_t low = side.place.low[other];
      own = std::clamp(own, -low, side.place.extent[other] - low - 1);
    }
    return side.place.index(at);
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

OperatorMatrix operatorMatrix(pde::StencilOp stencil, const GivenSides &sides,
                              const Position &sizes, const Rows &rows,
                              const Rows &columns,
                              llvm::ArrayRef<double> weights) {
  unsigned rank = stencil.getStencil().getType().getRank();
  Continuation continued(sides, sizes, columns);
  for (int64_t row = 0; row < rows.count(); ++row)
    for (unsigned tap = 0; tap < weights.size(); ++tap) {
      Position at = rows.position(row);
      for (unsigned axis = 0; axis < rank; ++axis)
        at[axis] += stencil.offset(tap, axis);
      continued.add(row, at, weights[tap]);
    }
  OperatorMatrix result{
      matrixOf(continued.linear, rows.count(), columns.count()), {}};
  unsigned next = 0;
  for (const auto &ends : sides)
    for (const GivenSide &side : ends)
      if (side.rule != Boundary::Reflecting && side.rule != Boundary::Periodic)
        result.outside.push_back(matrixOf(continued.outside[next++],
                                          rows.count(), side.place.count()));
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
