//===- SchemeGen.h - a checked program as a module of the pde dialect -----===//

#ifndef PDEC_SCHEME_SCHEMEGEN_H
#define PDEC_SCHEME_SCHEMEGEN_H

#include "compiler/program/Program.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

namespace pdec::pde {

/// Precision of a program's fields. Scalars are always f64.
enum class Precision { F64, F32 };

/// Says `program` in the pde dialect. Here the evaluation order is fixed: every
/// node becomes one operation, powers with small constant exponents products.
mlir::OwningOpRef<mlir::ModuleOp> generateScheme(const Program &program,
                                                 Precision precision,
                                                 mlir::MLIRContext &context);

} // namespace pdec::pde

#endif // PDEC_SCHEME_SCHEMEGEN_H
