//===- Pointwise.h - pointwise nodes as arith and math operations ---------===//

#ifndef PDEC_SCHEME_POINTWISE_H
#define PDEC_SCHEME_POINTWISE_H

#include "compiler/program/Program.h"

#include "mlir/IR/Builders.h"

namespace pdec::pde {

/// The operation of a pointwise node on scalars: `args` are f64 or f32 for
/// Real, i64 for Int and i1 for Bool arguments. Evaluation order and rounding
/// are those of IEEE 754, one rounding an operation.
mlir::Value emitPointwise(mlir::OpBuilder &builder, mlir::Location loc,
                          const Node &node, mlir::ValueRange args);

} // namespace pdec::pde

#endif // PDEC_SCHEME_POINTWISE_H
