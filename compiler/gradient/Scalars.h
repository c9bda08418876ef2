//===- Scalars.h - derivatives of operations on numbers ---------*- C++ -*-===//

#ifndef PDEC_GRADIENT_SCALARS_H
#define PDEC_GRADIENT_SCALARS_H

#include "mlir/IR/Builders.h"

namespace pdec::gradient {

/// Goes back through an operation on numbers, of the program or of a cell:
/// calls give(i, cotangent) for its operands, `cotangent` being that of its
/// result. Operands that are counted or compared are left out. False if nobody
/// knows its derivative.
bool goBack(mlir::OpBuilder &builder, mlir::Operation &op,
            mlir::Value cotangent,
            llvm::function_ref<void(unsigned, mlir::Value)> give);

} // namespace pdec::gradient

#endif // PDEC_GRADIENT_SCALARS_H
