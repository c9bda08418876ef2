//===- ScalarArithmetic.h - arith and math operations on numbers ----------===//

#ifndef PDEC_REFERENCE_SCALARARITHMETIC_H
#define PDEC_REFERENCE_SCALARARITHMETIC_H

#include "mlir/IR/Operation.h"

#include <functional>

namespace pdec::reference {

/// A scalar of any type: a real, an integer or a truth value. The operation
/// that reads it knows which.
struct Number {
  double real = 0;
  int64_t integer = 0;
};

/// An arith or math operation as a function of its operands. Its kind is looked
/// up when it is made, not for each cell.
class ScalarFunction {
public:
  using Unrounded = std::function<Number(const Number *operands)>;

  explicit ScalarFunction(mlir::Operation &op);

  /// The result, rounded to its type.
  Number operator()(const Number *operands) const;

private:
  Unrounded unrounded;
  bool isSingle;
};

} // namespace pdec::reference

#endif // PDEC_REFERENCE_SCALARARITHMETIC_H
