//===- OperatorMatrix.cpp - a stencil with its boundary rule as a matrix --===//

#include "compiler/reference/OperatorMatrix.h"

namespace pdec::reference {

using pde::Boundary;

/// Brings a position into [0, size) by mirrors and turns; false if it ends
/// beyond a dirichlet side, which `isHigh` then names.
static bool bringInside(int64_t &position, int64_t size, Boundary low,
                        Boundary high, bool &isHigh) {
  while (position < 0 || position >= size) {
    isHigh = position >= size;
    switch (isHigh ? high : low) {
    case Boundary::Dirichlet:
      return false;
    case Boundary::Periodic:
      position += isHigh ? -size : size;
      break;
    case Boundary::Reflecting:
      position = (isHigh ? 2 * size - 1 : -1) - position;
      break;
    }
  }
  return true;
}

OperatorMatrix operatorMatrix(pde::StencilOp stencil, pde::GridOp grid,
                              int64_t size, llvm::ArrayRef<double> weights,
                              double outsideLow, double outsideHigh) {
  pde::ExtraRows extra = pde::extraRows(stencil, grid);
  int64_t low = extra.low[0], rows = size + low + extra.high[0];
  OperatorMatrix result{Eigen::SparseMatrix<double>(rows, size),
                        Eigen::VectorXd::Zero(rows)};
  std::vector<Eigen::Triplet<double>> entries;
  for (int64_t row = -low; row < rows - low; ++row) {
    for (unsigned tap = 0; tap < weights.size(); ++tap) {
      int64_t position = row + stencil.offset(tap, 0);
      bool isHigh = false;
      if (bringInside(position, size, grid.axis(0).getLow(),
                      grid.axis(0).getHigh(), isHigh))
        entries.emplace_back(row + low, position, weights[tap]);
      else
        result.constant[row + low] +=
            weights[tap] * (isHigh ? outsideHigh : outsideLow);
    }
  }
  // Entries of the same row and column add up.
  result.matrix.setFromTriplets(entries.begin(), entries.end());
  return result;
}

} // namespace pdec::reference
