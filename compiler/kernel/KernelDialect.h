//===- KernelDialect.h - sweeps as tiles of cells ---------------*- C++ -*-===//

#ifndef PDEC_KERNEL_KERNELDIALECT_H
#define PDEC_KERNEL_KERNELDIALECT_H

#include "compiler/pde/PdeDialect.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/IR/SymbolTable.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "compiler/kernel/KernelDialect.h.inc"
#include "compiler/kernel/KernelEnums.h.inc"
#define GET_ATTRDEF_CLASSES
#include "compiler/kernel/KernelAttrs.h.inc"
#define GET_OP_CLASSES
#include "compiler/kernel/KernelOps.h.inc"

namespace pdec::kernel {

/// Names of the dialect's attributes on operations of other dialects.
inline constexpr llvm::StringLiteral tileName = "kernel.tile",
                                     stageName = "kernel.stage",
                                     storedName = "kernel.stored",
                                     resultsName = "kernel.results",
                                     readsName = "kernel.reads";

inline bool isPeriodic(pde::GridOp grid, unsigned axis) {
  return grid.axis(axis).getLow() == pde::Boundary::Periodic;
}
/// Whether a grid has every second cell of an axis that it coarsens.
inline bool isHalved(pde::GridOp coarse, unsigned axis) {
  return coarse.axis(axis).getCoarsening() != pde::Coarsening::Same;
}
/// Whether tiles read periodic fields from copies that continue beyond the
/// sides, where then every row is an interior row: those of one axis, and those
/// that take several steps. Plans count on it.
bool copiesPeriodic(pde::GridOp grid, bool takesSteps);

} // namespace pdec::kernel

#endif // PDEC_KERNEL_KERNELDIALECT_H
