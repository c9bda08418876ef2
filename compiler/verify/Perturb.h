//===- Perturb.h - a wrong coefficient, to see that it is found -*- C++ -*-===//

#ifndef PDEC_VERIFY_PERTURB_H
#define PDEC_VERIFY_PERTURB_H

#include "mlir/IR/BuiltinOps.h"

namespace pdec::driver {

/// Alters one coefficient of a module that pde-to-kernel or pde-to-net made,
/// by one part in a thousand: a factor in a vector loop of the last function
/// that has one, or the first weight of a convolution. False if the module has
/// none.
bool perturb(mlir::ModuleOp root);

} // namespace pdec::driver

#endif // PDEC_VERIFY_PERTURB_H
