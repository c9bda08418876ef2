//===- OperatorMatrix.h - a stencil with its boundary rule as a matrix ----===//

#ifndef PDEC_REFERENCE_OPERATORMATRIX_H
#define PDEC_REFERENCE_OPERATORMATRIX_H

#include "compiler/reference/Rows.h"

#include <Eigen/SparseCore>

namespace pdec::reference {

using SparseMatrix = Eigen::SparseMatrix<double, Eigen::RowMajor>;

/// K u = linear*u + sum_k outside[k]*g_k, where g_k is the k-th outside operand
/// of pde.apply as a field. Rows are those of the result, extra ones included;
/// columns are the grid's cells.
struct OperatorMatrix {
  SparseMatrix linear;
  std::vector<SparseMatrix> outside;
};

/// `weights` hold the scale already; `sizes` are the cells of `grid`.
OperatorMatrix operatorMatrix(pde::StencilOp stencil, pde::GridOp grid,
                              const Position &sizes, const Rows &rows,
                              llvm::ArrayRef<double> weights);

/// The matrix of pde.restrict from a grid of `fineSizes` to `coarse`.
SparseMatrix restrictionMatrix(pde::StencilOp stencil, pde::GridOp coarse,
                               const Position &fineSizes,
                               const Position &coarseSizes,
                               llvm::ArrayRef<double> weights);

} // namespace pdec::reference

#endif // PDEC_REFERENCE_OPERATORMATRIX_H
