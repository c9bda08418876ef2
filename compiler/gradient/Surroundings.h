//===- Surroundings.h - what comes before a derivative ----------*- C++ -*-===//

#ifndef PDEC_GRADIENT_SURROUNDINGS_H
#define PDEC_GRADIENT_SURROUNDINGS_H

#include "compiler/gradient/Activity.h"
#include "compiler/gradient/Gradient.h"

#include "mlir/Interfaces/LoopLikeInterface.h"

#include <optional>

namespace pdec::gradient {

/// The operations before one that asks for a derivative: in its block, and in
/// those around it before the loops that it stands in.
class Surroundings {
public:
  explicit Surroundings(mlir::Operation *asking);

  /// Those that a value is made of, in their order.
  llvm::SmallVector<mlir::Operation *> madeInto(mlir::Value value) const;
  /// Finds what varies with the variables. What a loop around the derivative
  /// hands from pass to pass is what it is: that `value` depends on a variable
  /// from outside through earlier passes is an obstacle.
  std::optional<Obstacle> follow(mlir::ValueRange variables, mlir::Value value,
                                 Activity &activity) const;

private:
  mlir::Operation *asking;
  /// The blocks, the program's first, and where each is left.
  llvm::SmallVector<std::pair<mlir::Block *, mlir::Operation *>> path;

  llvm::SmallVector<mlir::Operation *> before() const;
  void followTo(mlir::Operation *end, Activity &activity) const;
  Activity carriedThrough(mlir::LoopLikeOpInterface loop,
                          mlir::ValueRange variables) const;
};

} // namespace pdec::gradient

#endif // PDEC_GRADIENT_SURROUNDINGS_H
