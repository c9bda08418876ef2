//===- Vectorize.h - pointwise regions on vectors ---------------*- C++ -*-===//

#ifndef PDEC_PDE_VECTORIZE_H
#define PDEC_PDE_VECTORIZE_H

#include "mlir/IR/Builders.h"

namespace pdec::pde {

/// `type`, or a vector of `width` of it where that is more than one.
mlir::Type widen(mlir::Type type, unsigned width);

/// A scalar in each of `width` lanes; vectors and width 1 are left alone.
mlir::Value spread(mlir::OpBuilder &builder, mlir::Location loc,
                   mlir::Value scalar, unsigned width);

/// Clones a pointwise region of one block, in which each operation works on
/// `width` cells: arguments become `arguments`, scalars from outside what
/// `scalars` gives for them. Returns what the region yields.
mlir::Value cloneVectorized(
    mlir::OpBuilder &builder, mlir::Block &body, mlir::ValueRange arguments,
    llvm::function_ref<mlir::Value(mlir::Value)> scalars, unsigned width);

/// The scalars that a pointwise region takes from outside, each once.
llvm::SmallVector<mlir::Value> capturedScalars(mlir::Block &body);

} // namespace pdec::pde

#endif // PDEC_PDE_VECTORIZE_H
