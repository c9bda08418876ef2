//===- Differentiate.cpp - operations of all derivatives ------------------===//

#include "compiler/gradient/Forward.h"
#include "compiler/gradient/Gradient.h"
#include "compiler/gradient/Loops.h"
#include "compiler/gradient/Passes.h"
#include "compiler/gradient/Reverse.h"
#include "compiler/gradient/Surroundings.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

#define GEN_PASS_DEF_DIFFERENTIATE
#include "compiler/gradient/Passes.h.inc"

/// The derivatives of one number that one block asks for: they are found in one
/// go, where all values are known that any of them needs.
static std::optional<Obstacle> replaceGradients(GradientOp first) {
  SmallVector<GradientOp> all;
  SmallVector<Value> variables;
  for (auto gradient : first->getBlock()->getOps<GradientOp>())
    if (gradient.getObjective() == first.getObjective()) {
      all.push_back(gradient);
      variables.push_back(gradient.getVariable());
    }
  Location loc = first.getLoc();
  Surroundings surroundings(first);
  Activity activity;
  if (auto obstacle =
          surroundings.follow(variables, first.getObjective(), activity))
    return obstacle;
  OpBuilder builder(first);
  Reverse reverse(builder, activity);
  reverse.add(first.getObjective(), Fields(builder, loc).number(1));
  SmallVector<Operation *> before = surroundings.madeInto(first.getObjective());
  for (Operation *op : llvm::reverse(before))
    if (!reverse.goBack(*op))
      return Obstacle{loc, reverse.obstacle->getLoc(), reverse.reason};
  for (GradientOp gradient : all)
    gradient.replaceAllUsesWith(
        reverse.cotangentOrZero(gradient.getVariable(), loc));
  // Not before: the builder stands at the first.
  for (GradientOp gradient : all)
    gradient.erase();
  return std::nullopt;
}

static std::optional<Obstacle> replaceDerivative(DerivativeOp op) {
  Surroundings surroundings(op);
  Activity activity;
  if (auto obstacle =
          surroundings.follow(op.getVariable(), op.getValue(), activity))
    return obstacle;
  OpBuilder builder(op);
  Forward forward(builder, activity);
  forward.add(op.getVariable(), op.getDirection());
  SmallVector<Operation *> all = surroundings.madeInto(op.getValue());
  for (Operation *before : all)
    if (before != op.getVariable().getDefiningOp() && !forward.goAlong(*before))
      return Obstacle{op.getLoc(), forward.obstacle->getLoc(), forward.reason};
  op.replaceAllUsesWith(forward.tangentOrZero(op.getValue(), op.getLoc()));
  op.erase();
  return std::nullopt;
}

static std::optional<Obstacle> replace(Operation *op) {
  if (auto gradient = dyn_cast<GradientOp>(op))
    return replaceGradients(gradient);
  return replaceDerivative(cast<DerivativeOp>(op));
}

/// The first derivative that is asked for and is none of these.
static Operation *firstBut(ModuleOp module,
                           const llvm::DenseSet<Operation *> &others) {
  Operation *found = nullptr;
  module.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (!isa<GradientOp, DerivativeOp>(op) || others.count(op))
      return WalkResult::advance();
    found = op;
    return WalkResult::interrupt();
  });
  return found;
}

std::vector<Obstacle> differentiate(ModuleOp module) {
  std::vector<Obstacle> left;
  llvm::DenseSet<Operation *> told;
  if (firstBut(module, told))
    countPasses(module);
  // In the order of execution: one may depend on another.
  while (Operation *op = firstBut(module, told))
    if (std::optional<Obstacle> obstacle = replace(op)) {
      told.insert(op);
      left.push_back(*obstacle);
    }
  if (!left.empty())
    return left;
  module.walk([](VariableOp op) {
    op.replaceAllUsesWith(op.getValue());
    op.erase();
  });
  return left;
}

namespace {
struct Differentiate : impl::DifferentiateBase<Differentiate> {
  void runOnOperation() override {
    for (const Obstacle &obstacle : differentiate(getOperation())) {
      InFlightDiagnostic error =
          emitError(obstacle.gradient, "there is no such derivative");
      error.attachNote(obstacle.place) << obstacle.reason;
      signalPassFailure();
    }
  }
};
} // namespace

} // namespace pdec::gradient
