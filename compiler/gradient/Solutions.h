//===- Solutions.h - functions of what solves an equation -------*- C++ -*-===//

#ifndef PDEC_GRADIENT_SOLUTIONS_H
#define PDEC_GRADIENT_SOLUTIONS_H

#include "compiler/gradient/Gradient.h"

#include "compiler/pde/PdeSolutions.h"

#include "mlir/IR/Builders.h"

#include <optional>

namespace pdec::gradient {

/// The operations of a region, made where a builder stands.
class Inlined {
public:
  Inlined(mlir::OpBuilder &builder, mlir::Region &region,
          mlir::ValueRange arguments);

  /// Makes operations of the derivatives that are asked for among them.
  std::optional<Obstacle> answer();
  llvm::SmallVector<mlir::Operation *> operations() const;
  /// What the region yields.
  llvm::SmallVector<mlir::Value> results() const;

private:
  mlir::Block *block;
  mlir::Block::iterator end;
  mlir::Operation *before = nullptr; ///< null: the block starts with them
  llvm::SmallVector<mlir::Value> made;

  mlir::Operation *firstRequest() const;
};

/// The same values as variables of their own.
llvm::SmallVector<mlir::Value> asVariables(mlir::OpBuilder &builder,
                                           mlir::Location loc,
                                           mlir::ValueRange values);

/// What solves an equation that a derivative of a solution is made of: the
/// linearised one or, transposed, that one. Null values after an obstacle.
struct LinearSolution {
  LinearSolution(pde::SolutionOp of, bool isTransposed)
      : of(of), isTransposed(isTransposed) {}

  pde::SolutionOp of;
  bool isTransposed;
  llvm::SmallVector<mlir::Value> right, first; ///< of a transposed one no first

  /// `isAgain`: derivatives of the solution may be asked for.
  std::optional<Obstacle> make(mlir::OpBuilder &builder, bool isAgain);

  llvm::SmallVector<mlir::Value> found;

private:
  pde::SolutionOp declare(mlir::OpBuilder &builder);
  void makeResidual(mlir::OpBuilder &builder, mlir::Region &region);
  void makeSolver(mlir::OpBuilder &builder, mlir::Region &region,
                  bool isAdjoint);
};

} // namespace pdec::gradient

#endif // PDEC_GRADIENT_SOLUTIONS_H
