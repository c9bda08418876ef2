//===- ToLlvm.cpp - a lowered module as LLVM IR ---------------------------===//

#include "compiler/codegen/ToLlvm.h"
#include "compiler/codegen/Descriptor.h"
#include "compiler/codegen/Passes.h"

#include "mlir/Conversion/ArithToLLVM/ArithToLLVM.h"
#include "mlir/Conversion/ControlFlowToLLVM/ControlFlowToLLVM.h"
#include "mlir/Conversion/FuncToLLVM/ConvertFuncToLLVMPass.h"
#include "mlir/Conversion/MathToLLVM/MathToLLVM.h"
#include "mlir/Conversion/ReconcileUnrealizedCasts/ReconcileUnrealizedCasts.h"
#include "mlir/Conversion/SCFToControlFlow/SCFToControlFlow.h"
#include "mlir/Conversion/VectorToLLVM/ConvertVectorToLLVMPass.h"
#include "mlir/Dialect/Arith/Transforms/Passes.h"
#include "mlir/Dialect/LLVMIR/Transforms/Passes.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Export.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;

namespace pdec::codegen {

namespace {

/// Quotients that are rounded up or down. MLIR's own pass for them would expand
/// minima and maxima, too, and lose the signs of zeros.
struct ExpandDivisions : PassWrapper<ExpandDivisions, OperationPass<>> {
  MLIR_DEFINE_EXPLICIT_INTERNAL_INLINE_TYPE_ID(ExpandDivisions)
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    arith::populateCeilFloorDivExpandOpsPatterns(patterns);
    if (failed(
            applyPatternsAndFoldGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace

void addToLlvmDialectPasses(OpPassManager &passes, bool hasRounding) {
  ExpandMathOptions expansion;
  expansion.floor = !hasRounding;
  passes.addPass(createExpandMath(expansion));
  passes.addPass(createCanonicalizerPass());
  passes.addPass(createCSEPass());
  passes.addPass(std::make_unique<ExpandDivisions>());
  passes.addPass(createConvertSCFToCFPass());
  // What is left are intrinsics of LLVM that processors have: sqrt, fma, ...
  passes.addPass(createConvertMathToLLVMPass());
  passes.addPass(createConvertVectorToLLVMPass());
  passes.addPass(createArithToLLVMConversionPass());
  passes.addPass(createConvertFuncToLLVMPass());
  passes.addPass(createConvertControlFlowToLLVMPass());
  passes.addPass(createReconcileUnrealizedCastsPass());
  // Line tables that lead from code to the script.
  passes.addPass(LLVM::createDIScopeForLLVMFuncOpPass());
}

std::unique_ptr<llvm::Module> translate(ModuleOp module,
                                        const pde::Interface &interface,
                                        const Origin &origin, Product product,
                                        llvm::LLVMContext &context) {
  registerBuiltinDialectTranslation(*module.getContext());
  registerLLVMDialectTranslation(*module.getContext());
  auto result = translateModuleToLLVMIR(module, context, interface.name);
  assert(result && "the module is in the llvm dialect");
  addDescriptor(*result, interface, origin, product);
  return result;
}

} // namespace pdec::codegen
