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

/// Whether all uses of a root divide by it.
static bool isOnlyDivisor(math::SqrtOp root) {
  return llvm::all_of(root->getUses(), [&](OpOperand &use) {
    return isa<arith::DivFOp>(use.getOwner()) && use.getOperandNumber() == 1 &&
           use.getOwner()->getBlock() == root->getBlock();
  });
}

static void rewrite(math::SqrtOp root) {
  if (root->use_empty() || !isOnlyDivisor(root))
    return;
  OpBuilder builder(root);
  Value reciprocal = builder.create<RsqrtOp>(root.getLoc(), root.getOperand());
  for (Operation *user : llvm::make_early_inc_range(root->getUsers())) {
    builder.setInsertionPoint(user);
    auto quotient = cast<arith::DivFOp>(user);
    Value product = builder.create<arith::MulFOp>(
        quotient.getLoc(), quotient.getLhs(), reciprocal);
    quotient.replaceAllUsesWith(product);
    quotient.erase();
  }
  root.erase();
}

namespace {
struct FormRsqrtPass : impl::FormRsqrtBase<FormRsqrtPass> {
  void runOnOperation() override {
    std::vector<math::SqrtOp> roots;
    getOperation()->walk([&](math::SqrtOp root) {
      if (isa<MapOp>(root->getParentOp()))
        roots.push_back(root);
    });
    for (math::SqrtOp root : roots)
      rewrite(root);
  }
};
} // namespace

} // namespace pdec::pde
