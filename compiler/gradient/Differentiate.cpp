//===- Differentiate.cpp - operations of all derivatives ------------------===//

#include "compiler/gradient/Gradient.h"
#include "compiler/gradient/Passes.h"
#include "compiler/gradient/Reverse.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

#define GEN_PASS_DEF_DIFFERENTIATE
#include "compiler/gradient/Passes.h.inc"

namespace {

/// The derivatives of one number that one block asks for: they are found in one
/// go.
class Group {
public:
  explicit Group(GradientOp first);

  /// Null, or why they cannot be made.
  std::optional<Obstacle> replace();

private:
  SmallVector<GradientOp> gradients;
  /// The blocks around them, the program's first, and where each is left.
  SmallVector<std::pair<Block *, Operation *>> path;
  Activity activity;

  GradientOp first() { return gradients.front(); }
  std::optional<Obstacle> follow();
  Activity carriedThrough(LoopLikeOpInterface loop);
  bool isReached(Activity tainted);
};

} // namespace

Group::Group(GradientOp first) {
  for (auto gradient : first->getBlock()->getOps<GradientOp>())
    if (gradient.getObjective() == first.getObjective())
      gradients.push_back(gradient);
  Operation *inner = first;
  for (; !isa<ModuleOp>(inner); inner = inner->getParentOp())
    path.push_back({inner->getBlock(), inner});
  path.pop_back(); // the module's own
  std::reverse(path.begin(), path.end());
}

/// Finds what depends on the variables. What a loop around the derivative hands
/// from pass to pass is what it is: of earlier passes nothing is known there.
std::optional<Obstacle> Group::follow() {
  for (GradientOp gradient : gradients)
    activity.add(gradient.getVariable());
  for (auto [i, place] : llvm::enumerate(path)) {
    auto [block, end] = place;
    for (Operation &op : *block) {
      if (&op == end)
        break;
      activity.follow(op);
    }
    if (i + 1 == path.size())
      break;
    auto loop = dyn_cast<LoopLikeOpInterface>(end);
    if (!loop)
      continue;
    if (isReached(carriedThrough(loop)))
      return Obstacle{first().getLoc(), loop.getLoc(),
                      "the number depends on the variable through what earlier "
                      "passes of this loop did"};
  }
  return std::nullopt;
}

/// What a loop around the derivatives carries and earlier passes have made of
/// variables from outside of it.
Activity Group::carriedThrough(LoopLikeOpInterface loop) {
  Activity outer;
  for (GradientOp gradient : gradients)
    if (!loop->isAncestor(
            gradient.getVariable().getParentBlock()->getParentOp()))
      outer.add(gradient.getVariable());
  for (auto [block, end] : path) {
    for (Operation &op : *block) {
      if (&op == end)
        break;
      outer.follow(op);
    }
    if (end == loop)
      break;
  }
  outer.followCarried(*loop);
  Activity carried;
  for (Value argument : loop.getRegionIterArgs())
    if (outer.isVaried(argument))
      carried.add(argument);
  return carried;
}

/// Whether the number depends on such values.
bool Group::isReached(Activity tainted) {
  for (auto [block, end] : path)
    for (Operation &op : *block) {
      if (&op == end)
        break;
      tainted.follow(op);
    }
  return tainted.isVaried(first().getObjective());
}

std::optional<Obstacle> Group::replace() {
  if (std::optional<Obstacle> found = follow())
    return found;
  // Where all values are known that any of them needs.
  OpBuilder builder(gradients.front());
  Reverse reverse(builder, activity);
  Location loc = first().getLoc();
  reverse.add(first().getObjective(), Fields(builder, loc).number(1));
  SmallVector<Operation *> before;
  for (auto [block, end] : path)
    for (Operation &op : *block) {
      if (&op == end)
        break;
      before.push_back(&op);
    }
  for (Operation *op : llvm::reverse(before))
    if (!reverse.goBack(*op))
      return Obstacle{loc, reverse.obstacle->getLoc(), reverse.reason};
  for (GradientOp gradient : gradients) {
    gradient.replaceAllUsesWith(
        reverse.cotangentOrZero(gradient.getVariable(), loc));
    gradient.erase();
  }
  return std::nullopt;
}

std::vector<Obstacle> differentiate(ModuleOp module) {
  std::vector<Obstacle> left;
  bool isAsked = module.walk([](GradientOp) { return WalkResult::interrupt(); })
                     .wasInterrupted();
  if (isAsked)
    countPasses(module);
  llvm::DenseSet<Operation *> told;
  // In the order of execution: one may depend on another.
  auto next = [&] {
    GradientOp found;
    module.walk<WalkOrder::PreOrder>([&](GradientOp op) {
      if (told.count(op))
        return WalkResult::advance();
      found = op;
      return WalkResult::interrupt();
    });
    return found;
  };
  while (GradientOp op = next())
    if (std::optional<Obstacle> obstacle = Group(op).replace()) {
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
