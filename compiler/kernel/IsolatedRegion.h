//===- IsolatedRegion.h - regions with all that they read -------*- C++ -*-===//

#ifndef PDEC_KERNEL_ISOLATEDREGION_H
#define PDEC_KERNEL_ISOLATEDREGION_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"

#include <functional>

namespace pdec::kernel {

/// The region of an operation that is isolated from above, with an argument for
/// each of its operands. What is computed inside is cloned into it; all else
/// that this reads becomes an operand, once, in the order in which it is met:
/// regions that do the same have the same operands.
class IsolatedRegion {
public:
  /// What stands outside for a value; null if it is to be computed inside.
  using Outside = std::function<mlir::Value(mlir::Value)>;
  IsolatedRegion(mlir::MLIRContext *context, Outside outside);

  /// What a value is inside.
  mlir::Value bring(mlir::Value value);
  /// Makes an operand, whether or not anything reads it.
  mlir::Value addOperand(mlir::Value value);
  /// Clones an operation and what it reads.
  void clone(mlir::Operation &op);
  /// Says that `value` is `inside` inside.
  void map(mlir::Value value, mlir::Value inside) {
    mapping.map(value, inside);
  }
  /// Ends the region, which is moved to `target`, with an `End` of what these
  /// values are inside.
  template <typename End>
  void finish(mlir::Location loc, mlir::ValueRange values,
              mlir::Region &target) {
    auto inside = llvm::map_to_vector(
        values, [&](mlir::Value value) { return bring(value); });
    inner.create<End>(loc, inside);
    target.takeBody(region);
  }
  mlir::ValueRange getOperands() const { return operands; }

private:
  mlir::Region region;
  mlir::OpBuilder inner;
  Outside outside;
  mlir::IRMapping mapping;
  llvm::SmallVector<mlir::Value> operands;
};

} // namespace pdec::kernel

#endif // PDEC_KERNEL_ISOLATEDREGION_H
