//===- SameScheme.h - whether two schemes compute the same ------*- C++ -*-===//

#ifndef PDEC_VERIFY_SAMESCHEME_H
#define PDEC_VERIFY_SAMESCHEME_H

#include "mlir/IR/BuiltinOps.h"

namespace pdec::driver {

/// Whether two modules of the pde dialect, of one context, apply the same
/// operations to the same operands, for the same outputs and in the same loops:
/// then they are the same functions of all data, on all sizes. The order of
/// operations that do not depend on each other, and of what is added or
/// multiplied, does not count; what is computed for nothing does not, either.
/// Different modules may still compute the same.
bool areSameScheme(mlir::ModuleOp a, mlir::ModuleOp b);

} // namespace pdec::driver

#endif // PDEC_VERIFY_SAMESCHEME_H
