//===- RuntimeAbi.h - the runtime's symbols, for generated code -*- C++ -*-===//
//
// The only list of runtime functions that generated code calls. It mirrors
// runtime/pde_runtime.h; test/codegen compares the two.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_ABI_RUNTIMEABI_H
#define PDEC_ABI_RUNTIMEABI_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

namespace pdec::abi {

/// Types of the functions that generated code hands to the runtime.
mlir::FunctionType bodyType(mlir::MLIRContext *context);
mlir::FunctionType pointwiseType(mlir::MLIRContext *context);

/// Declares every runtime function, but for those declared already, at the top
/// of a module; calls can be made then. removeUnused drops those that nothing
/// calls.
void declareRuntime(mlir::ModuleOp root);
void removeUnusedDeclarations(mlir::ModuleOp root);

/// A call; null for functions without result.
mlir::Value call(mlir::OpBuilder &builder, mlir::Location loc,
                 llvm::StringRef name, mlir::ValueRange arguments);

} // namespace pdec::abi

#endif // PDEC_ABI_RUNTIMEABI_H
