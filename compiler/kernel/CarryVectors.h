//===- CarryVectors.h - vectors that go on to the next cells ----*- C++ -*-===//

#ifndef PDEC_KERNEL_CARRYVECTORS_H
#define PDEC_KERNEL_CARRYVECTORS_H

#include "compiler/kernel/CellEmitter.h"
#include "compiler/kernel/CodeBuilder.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

namespace pdec::kernel {

/// Where a loop over vectors of cells reads several vectors of a row that
/// overlap, as stencils do, it goes on to load the last of them only. The
/// others are made of its lanes and of those that it had in the pass before.
/// `place` is where the loop begins, `reads` what its body has read.
void carryVectors(mlir::scf::ForOp loop, const CellContext &context,
                  const Position &place, llvm::ArrayRef<VectorRead> reads);

} // namespace pdec::kernel

#endif // PDEC_KERNEL_CARRYVECTORS_H
