//===- ScalarArithmetic.h - arith and math operations on numbers ----------===//

#ifndef PDEC_REFERENCE_SCALARARITHMETIC_H
#define PDEC_REFERENCE_SCALARARITHMETIC_H

#include "mlir/IR/Operation.h"

namespace pdec::reference {

/// A scalar of any type: a real, an integer or a truth value. The operation
/// that reads it knows which.
struct Number {
  double real = 0;
  int64_t integer = 0;
};

/// The result of an arith or math operation, rounded to its type.
Number evaluateScalar(mlir::Operation &op, llvm::ArrayRef<Number> args);

} // namespace pdec::reference

#endif // PDEC_REFERENCE_SCALARARITHMETIC_H
