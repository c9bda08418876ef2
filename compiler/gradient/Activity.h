//===- Activity.h - what depends on what ------------------------*- C++ -*-===//

#ifndef PDEC_GRADIENT_ACTIVITY_H
#define PDEC_GRADIENT_ACTIVITY_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/DenseSet.h"

namespace pdec::gradient {

/// Values that vary with others: numbers, fields and operators that are made of
/// them. What is counted or compared does not.
class Activity {
public:
  void add(mlir::Value value) { varied.insert(value); }
  bool isVaried(mlir::Value value) const { return varied.count(value); }
  bool isAnyVaried(mlir::ValueRange values) const;

  /// Goes on to what `op`, or the operations of a block, make of them.
  void follow(mlir::Operation &op);
  void follow(mlir::Block &block);
  /// Goes on to what a loop carries from pass to pass.
  void followCarried(mlir::Operation &loop);
  /// The same of a loop that goes back through passes.
  void followReversal(mlir::Operation &reversal);

private:
  llvm::DenseSet<mlir::Value> varied;

  bool addIfReal(mlir::Value value);
  void followSolution(mlir::Operation &op);
};

/// Whether derivatives with respect to such a value make sense.
bool isDifferentiable(mlir::Type type);

} // namespace pdec::gradient

#endif // PDEC_GRADIENT_ACTIVITY_H
