//===- PdeDialect.h - the pde dialect ---------------------------*- C++ -*-===//

#ifndef PDEC_PDE_PDEDIALECT_H
#define PDEC_PDE_PDEDIALECT_H

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "compiler/pde/PdeDialect.h.inc"
#include "compiler/pde/PdeEnums.h.inc"

#define GET_ATTRDEF_CLASSES
#include "compiler/pde/PdeAttrs.h.inc"
#define GET_TYPEDEF_CLASSES
#include "compiler/pde/PdeTypes.h.inc"
#define GET_OP_CLASSES
#include "compiler/pde/PdeOps.h.inc"

namespace pdec::pde {

/// The grid that a field type names. The module has been verified.
GridOp gridOf(mlir::Operation *user, FieldType type);

/// The constant that a scalar is, if it is one.
std::optional<double> constantOf(mlir::Value scalar);

/// The rows that `stencil` gives on a grid beyond its cells: those whose centre
/// lies strictly inside the domain, which at a dirichlet side begins one
/// spacing outside the last cell.
struct ExtraRows {
  llvm::SmallVector<int64_t> low, high;
};
ExtraRows extraRows(StencilOp stencil, GridOp grid);

/// Whether an apply needs an outside value at sides of this rule.
bool needsOutside(Boundary rule);

/// The outside value of an apply at a dirichlet or neumann side; null
/// elsewhere.
mlir::Value outsideValue(ApplyOp apply, unsigned axis, bool high);

} // namespace pdec::pde

#endif // PDEC_PDE_PDEDIALECT_H
