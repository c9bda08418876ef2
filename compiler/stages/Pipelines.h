//===- Pipelines.h - the order of all passes --------------------*- C++ -*-===//

#ifndef PDEC_STAGES_PIPELINES_H
#define PDEC_STAGES_PIPELINES_H

#include "mlir/Pass/PassManager.h"

namespace pdec::driver {

/// What lowering needs to know of the machine.
struct LoweringOptions {
  unsigned vectorBytes = 32;
  /// Most steps that a tile advances at once.
  unsigned maxSteps = 64;
  /// Shapes of tiles that are not to be chosen, as readTileShapes() reads them.
  std::string tiles;
};

/// pde: the scheme, without what nothing needs.
void addPdePasses(mlir::OpPassManager &passes);
/// How far a scheme goes on the kernel way, by the names of --emit: sweeps over
/// memory, what they store and the shape of their tiles, functions of tiles,
/// rows of cells, loops over vectors, the whole program.
enum class KernelStage { Sweeps, Plan, Tiles, Rows, Vectors, Kernel };

/// pde -> loops and vectors.
void addKernelPasses(mlir::OpPassManager &passes,
                     const LoweringOptions &options,
                     KernelStage last = KernelStage::Kernel);
/// pde -> layers (--emit net).
void addNetPasses(mlir::OpPassManager &passes);
/// pde: without what can be said by fewer maps.
void addMergePasses(mlir::OpPassManager &passes);
/// layers -> pde (--emit raised), from where the kernel way goes on.
void addRaisePasses(mlir::OpPassManager &passes);
/// layers -> calls of the runtime.
void addLayerPasses(mlir::OpPassManager &passes,
                    const LoweringOptions &options);

/// The kernel way and the way back to pde each as one pass of pde-opt,
/// pde-to-kernel and net-raise.
void registerPipelines();

} // namespace pdec::driver

#endif // PDEC_STAGES_PIPELINES_H
