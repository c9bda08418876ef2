//===- Pipelines.cpp - the order of all passes ----------------------------===//

#include "compiler/stages/Pipelines.h"
#include "compiler/kernel/Passes.h"
#include "compiler/net/Passes.h"
#include "compiler/pde/Passes.h"

#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace pdec::driver {

void addPdePasses(OpPassManager &passes) {
  // Before the ways part, so that both get the same operations in the same
  // order. No pass reorders or contracts floating point arithmetic.
  passes.addPass(pde::createDropUnread());
  passes.addPass(createCanonicalizerPass());
  passes.addPass(createCSEPass());
  // After CSE, which shows whether a root is used once only.
  passes.addPass(pde::createFormRsqrt());
}

void addKernelPasses(OpPassManager &passes, const LoweringOptions &options) {
  passes.addPass(kernel::createFormSweeps());
  kernel::LowerSweepsOptions lowering;
  lowering.vectorBytes = options.vectorBytes;
  passes.addPass(kernel::createLowerSweeps(lowering));
  passes.addPass(kernel::createOutlineStages());
  // Index arithmetic is built without care for duplicates.
  passes.addPass(createCanonicalizerPass());
  passes.addPass(createCSEPass());
}

void addNetPasses(OpPassManager &passes) {
  passes.addPass(net::createPdeToNet());
  // Padding or constants that several layers share.
  passes.addPass(createCSEPass());
}

void addLayerPasses(OpPassManager &passes, const LoweringOptions &options) {
  net::LowerLayersOptions lowering;
  lowering.vectorBytes = options.vectorBytes;
  passes.addPass(net::createLowerLayers(lowering));
}

} // namespace pdec::driver
