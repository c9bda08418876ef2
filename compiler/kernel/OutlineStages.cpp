//===- OutlineStages.cpp - the stages of large programs as functions ------===//

#include "compiler/kernel/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Utils/Utils.h"
#include "mlir/IR/OperationSupport.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;

namespace pdec::kernel {

#define GEN_PASS_DEF_OUTLINESTAGES
#include "compiler/kernel/Passes.h.inc"

/// Equal for functions of the same body.
static llvm::hash_code hashOf(func::FuncOp function) {
  llvm::hash_code result(0);
  function.getBody().walk([&](Operation *op) {
    auto own = OperationEquivalence::computeHash(
        op, OperationEquivalence::ignoreHashValue,
        OperationEquivalence::ignoreHashValue,
        OperationEquivalence::IgnoreLocations);
    result = llvm::hash_combine(result, own);
  });
  return result;
}

namespace {

/// Functions of stages, one for all that do the same to their arguments.
class StageFunctions {
public:
  explicit StageFunctions(MLIRContext *context) : rewriter(context) {}

  void outline(scf::ExecuteRegionOp stage, const std::string &name) {
    func::CallOp call;
    func::FuncOp made = *outlineSingleBlockRegion(
        rewriter, stage.getLoc(), stage.getRegion(), name, &call);
    auto &alike = functions[size_t(hashOf(made))];
    for (func::FuncOp known : alike)
      if (known.getFunctionType() == made.getFunctionType() &&
          OperationEquivalence::isRegionEquivalentTo(
              &known.getBody(), &made.getBody(),
              OperationEquivalence::IgnoreLocations)) {
        call.setCallee(known.getName());
        made.erase();
        return;
      }
    made.setPrivate();
    // Or LLVM would put it back into a single caller.
    made->setAttr("passthrough", rewriter.getStrArrayAttr({"noinline"}));
    alike.push_back(made);
  }

private:
  IRRewriter rewriter;
  std::map<size_t, std::vector<func::FuncOp>> functions;
};

size_t numOperations(ArrayRef<scf::ExecuteRegionOp> stages) {
  size_t number = 0;
  for (scf::ExecuteRegionOp stage : stages)
    stage->walk([&](Operation *) { ++number; });
  return number;
}

struct OutlineStagesPass : impl::OutlineStagesBase<OutlineStagesPass> {
  using OutlineStagesBase::OutlineStagesBase;

  void runOnOperation() override {
    StageFunctions functions(&getContext());
    size_t sweeps = 0;
    for (auto function :
         llvm::to_vector(getOperation().getOps<func::FuncOp>())) {
      std::vector<scf::ExecuteRegionOp> stages;
      function.walk(
          [&](scf::ExecuteRegionOp stage) { stages.push_back(stage); });
      sweeps += !stages.empty();
      if (stages.size() <= mostStages && sweeps <= mostSweeps &&
          numOperations(stages) <= mostOperations)
        continue;
      for (auto [number, stage] : llvm::enumerate(stages))
        functions.outline(
            stage, (function.getName() + "_stage" + Twine(number)).str());
    }
  }
};

} // namespace

} // namespace pdec::kernel
