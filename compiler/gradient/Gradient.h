//===- Gradient.h - derivatives of programs ---------------------*- C++ -*-===//
//
// On the pde dialect: for a gradient, what goes from a value to a number is
// gone back through, operation by operation, each by its transpose; for a
// derivative in a direction, tangents go along. What comes out is a program as
// any other. docs/gradients.md says which derivative it is where there are
// several.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_GRADIENT_GRADIENT_H
#define PDEC_GRADIENT_GRADIENT_H

#include "mlir/IR/BuiltinOps.h"

#include <string>
#include <vector>

namespace pdec::gradient {

/// Why a derivative is not made.
struct Obstacle {
  mlir::Location gradient; ///< where it is asked for
  mlir::Location place;    ///< of what stands against it
  std::string reason;
};

/// Makes operations of all derivatives in a module. Those that are told stay as
/// they are.
std::vector<Obstacle> differentiate(mlir::ModuleOp module);

} // namespace pdec::gradient

#endif // PDEC_GRADIENT_GRADIENT_H
