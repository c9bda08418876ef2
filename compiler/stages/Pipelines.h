//===- Pipelines.h - the order of all passes --------------------*- C++ -*-===//

#ifndef PDEC_STAGES_PIPELINES_H
#define PDEC_STAGES_PIPELINES_H

#include "mlir/Pass/PassManager.h"

namespace pdec::driver {

/// What lowering needs to know of the machine.
struct LoweringOptions {
  unsigned vectorBytes = 32;
};

/// pde: the scheme, without what nothing needs.
void addPdePasses(mlir::OpPassManager &passes);
/// pde -> loops and vectors (--emit kernel).
void addKernelPasses(mlir::OpPassManager &passes,
                     const LoweringOptions &options);
/// pde -> layers (--emit net).
void addNetPasses(mlir::OpPassManager &passes);
/// layers -> calls of the runtime.
void addLayerPasses(mlir::OpPassManager &passes,
                    const LoweringOptions &options);

} // namespace pdec::driver

#endif // PDEC_STAGES_PIPELINES_H
