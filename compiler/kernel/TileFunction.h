//===- TileFunction.h - the function that computes a tile -------*- C++ -*-===//

#ifndef PDEC_KERNEL_TILEFUNCTION_H
#define PDEC_KERNEL_TILEFUNCTION_H

#include "compiler/kernel/KernelDialect.h"

namespace pdec::kernel {

/// Makes the function `name` of a planned sweep's tiles at the end of its
/// module.
mlir::func::FuncOp makeTileFunction(pde::SweepOp sweep, llvm::StringRef name);

} // namespace pdec::kernel

#endif // PDEC_KERNEL_TILEFUNCTION_H
