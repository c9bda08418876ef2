//===- pde-opt.cpp - runs single passes on textual IR ---------------------===//

#include "compiler/analysis/Passes.h"
#include "compiler/codegen/Passes.h"
#include "compiler/gradient/Passes.h"
#include "compiler/kernel/Passes.h"
#include "compiler/net/Passes.h"
#include "compiler/pde/Passes.h"
#include "compiler/stages/Dialects.h"
#include "compiler/stages/Pipelines.h"

#include "mlir/Tools/mlir-opt/MlirOptMain.h"
#include "mlir/Transforms/Passes.h"

int main(int argc, char **argv) {
  mlir::DialectRegistry registry;
  pdec::driver::registerDialects(registry);
  pdec::pde::registerPasses();
  pdec::analysis::registerPasses();
  pdec::gradient::registerPasses();
  pdec::kernel::registerPasses();
  pdec::net::registerPasses();
  pdec::codegen::registerPasses();
  pdec::driver::registerPipelines();
  mlir::registerCanonicalizerPass();
  mlir::registerCSEPass();
  // Whoever knows loops by their interfaces only.
  mlir::registerLoopInvariantCodeMotionPass();
  mlir::registerSCCPPass();
  return mlir::asMainReturnCode(
      mlir::MlirOptMain(argc, argv, "pdec pass driver\n", registry));
}
