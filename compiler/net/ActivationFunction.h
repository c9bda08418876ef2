//===- ActivationFunction.h - an activation as a function -------*- C++ -*-===//

#ifndef PDEC_NET_ACTIVATIONFUNCTION_H
#define PDEC_NET_ACTIVATIONFUNCTION_H

#include "compiler/net/NetDialect.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace pdec::net {

/// Makes the pde_pointwise function of an activation at the end of the module.
/// It finds the scalars that the region takes from outside, in their order, in
/// 8-byte slots of its own.
mlir::func::FuncOp makeActivationFunction(mlir::ModuleOp module,
                                          ActivationOp activation,
                                          llvm::StringRef name,
                                          unsigned vectorBytes);

/// A key that two activations have in common if they do the same with their
/// arguments and with the scalars that they take from outside, whichever those
/// are.
std::string structureOf(ActivationOp activation);

} // namespace pdec::net

#endif // PDEC_NET_ACTIVATIONFUNCTION_H
