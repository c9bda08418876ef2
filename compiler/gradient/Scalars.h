//===- Scalars.h - derivatives of operations on numbers ---------*- C++ -*-===//

#ifndef PDEC_GRADIENT_SCALARS_H
#define PDEC_GRADIENT_SCALARS_H

#include "mlir/IR/Builders.h"

namespace pdec::gradient {

/// Whether a program chooses between values, so that cotangents of what it does
/// not take are zero.
bool hasChoices(mlir::Operation *inProgram);

/// What is made of a factor by multiplication: zero, where the factor is,
/// though what it meets is infinite or no number, as in what was not taken.
mlir::Value guarded(mlir::OpBuilder &builder, mlir::Location loc,
                    mlir::Value made, mlir::Value factor);

/// Goes back through an operation on numbers, of the program or of a cell:
/// calls give(i, cotangent) for its operands, `cotangent` being that of its
/// result. Operands that are counted or compared are left out. False if nobody
/// knows its derivative. `isGuarded`: the cotangent may be zero because
/// something else was taken.
bool goBack(mlir::OpBuilder &builder, mlir::Operation &op,
            mlir::Value cotangent, bool isGuarded,
            llvm::function_ref<void(unsigned, mlir::Value)> give);

} // namespace pdec::gradient

#endif // PDEC_GRADIENT_SCALARS_H
