//===- Pipelines.cpp - the order of all passes ----------------------------===//

#include "compiler/stages/Pipelines.h"
#include "compiler/kernel/Passes.h"
#include "compiler/net/Passes.h"
#include "compiler/pde/Passes.h"

#include "mlir/Pass/PassOptions.h"
#include "mlir/Pass/PassRegistry.h"
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

void addKernelPasses(OpPassManager &passes, const LoweringOptions &options,
                     KernelStage last) {
  kernel::PlanSweepsOptions plan;
  plan.maxSteps = options.maxSteps;
  plan.vectorBytes = options.vectorBytes;
  plan.tiles = options.tiles;
  kernel::LowerRowsOptions rows;
  rows.vectorBytes = options.vectorBytes;
  const std::pair<KernelStage, std::function<std::unique_ptr<Pass>()>> all[] = {
      {KernelStage::Sweeps, kernel::createFormSweeps},
      // What a loop's body is shows when its fields are sweeps.
      {KernelStage::Plan, kernel::createFlattenSteps},
      // Loops in loops are one loop, whose passes may be part of a sweep.
      {KernelStage::Plan, [] { return kernel::createFuseSweeps(); }},
      {KernelStage::Plan, [] { return kernel::createSplitMaps(); }},
      {KernelStage::Plan, [&] { return kernel::createPlanSweeps(plan); }},
      {KernelStage::Tiles, kernel::createTileSweeps},
      {KernelStage::Rows, kernel::createSplitBoundary},
      {KernelStage::Vectors, [&] { return kernel::createLowerRows(rows); }},
      {KernelStage::Kernel, kernel::createLowerPrograms},
      {KernelStage::Kernel, [] { return kernel::createOutlineStages(); }},
      // Index arithmetic is built without care for duplicates.
      {KernelStage::Kernel, [] { return createCanonicalizerPass(); }},
      {KernelStage::Kernel, createCSEPass}};
  for (const auto &[stage, create] : all)
    if (stage <= last)
      passes.addPass(create());
}

void addNetPasses(OpPassManager &passes) {
  passes.addPass(net::createPdeToNet());
  // Padding or constants that several layers share.
  passes.addPass(createCSEPass());
}

void addMergePasses(OpPassManager &passes) {
  // Defaults of inputs that share layers each have their own in a network.
  passes.addPass(createCSEPass());
  passes.addPass(pde::createMergeMaps());
  // Constants, rounded where they are made.
  passes.addPass(createCanonicalizerPass());
}

void addRaisePasses(OpPassManager &passes) {
  passes.addPass(net::createNetToPde());
  addMergePasses(passes);
}

void addLayerPasses(OpPassManager &passes, const LoweringOptions &options) {
  net::LowerLayersOptions lowering;
  lowering.vectorBytes = options.vectorBytes;
  passes.addPass(net::createLowerLayers(lowering));
}

namespace {
struct ToKernelOptions : PassPipelineOptions<ToKernelOptions> {
  Option<unsigned> vectorBytes{*this, "vector-bytes", llvm::cl::init(32),
                               llvm::cl::desc("width of a vector register")};
  Option<unsigned> maxSteps{
      *this, "max-steps", llvm::cl::init(64),
      llvm::cl::desc("most steps that a tile advances at once")};
  Option<std::string> tiles{*this, "tiles", llvm::cl::init(""),
                            llvm::cl::desc("shapes of tiles")};
};
} // namespace

void registerPipelines() {
  PassPipelineRegistration<ToKernelOptions>(
      "pde-to-kernel", "All passes of the kernel way",
      [](OpPassManager &passes, const ToKernelOptions &options) {
        addKernelPasses(passes,
                        {options.vectorBytes, options.maxSteps, options.tiles});
      });
  PassPipelineRegistration<>("net-raise", "All passes from a network to pde",
                             addRaisePasses);
}

} // namespace pdec::driver
