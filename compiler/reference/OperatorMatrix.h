//===- OperatorMatrix.h - a stencil with its boundary rule as a matrix ----===//

#ifndef PDEC_REFERENCE_OPERATORMATRIX_H
#define PDEC_REFERENCE_OPERATORMATRIX_H

#include "compiler/reference/Rows.h"

#include <Eigen/SparseCore>

namespace pdec::reference {

using SparseMatrix = Eigen::SparseMatrix<double, Eigen::RowMajor>;

/// One side of an operator.
struct GivenSide {
  pde::Boundary rule = pde::Boundary::Reflecting;
  /// Weights, and with `hasFactors` the value's factor, of each distance.
  std::vector<double> scalars;
  bool hasFactors = false;
  /// Where the cells of the value lie; a number has one cell for all.
  Rows place;
};
using GivenSides = std::array<std::array<GivenSide, 2>, 3>;

/// K u = linear*u + sum_k outside[k]*g_k, where g_k is the value of the k-th
/// side that has one. Rows are those of the result, columns those of u.
struct OperatorMatrix {
  SparseMatrix linear;
  std::vector<SparseMatrix> outside;
};

/// `weights` hold the scale already; `sizes` are the cells of the grid.
OperatorMatrix operatorMatrix(pde::StencilOp stencil, const GivenSides &sides,
                              const Position &sizes, const Rows &rows,
                              const Rows &columns,
                              llvm::ArrayRef<double> weights);

/// The matrix of pde.restrict from a grid of `fineSizes` to `coarse`.
SparseMatrix restrictionMatrix(pde::StencilOp stencil, pde::GridOp coarse,
                               const Position &fineSizes,
                               const Position &coarseSizes,
                               llvm::ArrayRef<double> weights);

} // namespace pdec::reference

#endif // PDEC_REFERENCE_OPERATORMATRIX_H
