//===- OperatorMatrix.h - a stencil with its boundary rule as a matrix ----===//

#ifndef PDEC_REFERENCE_OPERATORMATRIX_H
#define PDEC_REFERENCE_OPERATORMATRIX_H

#include "compiler/pde/PdeDialect.h"

#include <Eigen/SparseCore>

namespace pdec::reference {

/// K u = matrix * u + constant. Rows are those of the result, extra rows
/// included; columns are the grid's cells.
struct OperatorMatrix {
  Eigen::SparseMatrix<double> matrix;
  Eigen::VectorXd constant;
};

/// `weights` hold the scale already; `outsideLow`, `outsideHigh` are the values
/// at dirichlet sides.
OperatorMatrix operatorMatrix(pde::StencilOp stencil, pde::GridOp grid,
                              int64_t size, llvm::ArrayRef<double> weights,
                              double outsideLow, double outsideHigh);

} // namespace pdec::reference

#endif // PDEC_REFERENCE_OPERATORMATRIX_H
