//===- FormRsqrt.cpp - quotients by square roots as products --------------===//

#include "compiler/pde/Passes.h"
#include "compiler/pde/PdeDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Builders.h"

using namespace mlir;

namespace pdec::pde {

#define GEN_PASS_DEF_FORMRSQRT
#include "compiler/pde/Passes.h.inc"

static void rewrite(arith::DivFOp quotient) {
  auto root = quotient.getRhs().getDefiningOp<math::SqrtOp>();
  if (!root || !root->hasOneUse() || root->getBlock() != quotient->getBlock())
    return;
  OpBuilder builder(quotient);
  Value reciprocal = builder.create<RsqrtOp>(root.getLoc(), root.getOperand());
  Value product = builder.create<arith::MulFOp>(quotient.getLoc(),
                                                quotient.getLhs(), reciprocal);
  quotient.replaceAllUsesWith(product);
  quotient.erase();
  root.erase();
}

namespace {
struct FormRsqrtPass : impl::FormRsqrtBase<FormRsqrtPass> {
  void runOnOperation() override {
    getOperation()->walk([](MapOp map) {
      for (Operation &op : llvm::make_early_inc_range(map.getBody().front()))
        if (auto quotient = dyn_cast<arith::DivFOp>(op))
          rewrite(quotient);
    });
  }
};
} // namespace

} // namespace pdec::pde
