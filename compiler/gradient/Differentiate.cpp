//===- Differentiate.cpp - operations of all derivatives ------------------===//

#include "compiler/gradient/Forward.h"
#include "compiler/gradient/Gradient.h"
#include "compiler/gradient/Loops.h"
#include "compiler/gradient/Passes.h"
#include "compiler/gradient/Requests.h"
#include "compiler/gradient/Reverse.h"
#include "compiler/gradient/Surroundings.h"
#include "compiler/pde/PdeSolutions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

#define GEN_PASS_DEF_DIFFERENTIATE
#include "compiler/gradient/Passes.h.inc"

bool isRequest(Operation *op) {
  return isa<GradientOp, DerivativeOp, PullbackOp>(op);
}

/// What is gone back from: the derivative of `value` by variables, transposed,
/// times `cotangent`, or, without one, that of a number.
static std::optional<Obstacle> replaceBack(ArrayRef<Operation *> all,
                                           ValueRange variables, Value value,
                                           Value cotangent, bool isAgain) {
  Operation *first = all.front();
  Location loc = first->getLoc();
  Surroundings surroundings(first);
  Activity activity;
  if (auto obstacle = surroundings.follow(variables, value, activity))
    return obstacle;
  OpBuilder builder(first);
  Reverse reverse(builder, activity, isAgain);
  reverse.add(value, cotangent ? cotangent : Fields(builder, loc).number(1));
  SmallVector<Operation *> before = surroundings.madeInto(value);
  for (Operation *op : llvm::reverse(before))
    if (!reverse.goBack(*op))
      return Obstacle{loc, reverse.obstacle->getLoc(), reverse.reason};
  for (auto [request, variable] : llvm::zip(all, variables))
    request->replaceAllUsesWith(
        ValueRange(reverse.cotangentOrZero(variable, loc)));
  // Not before: the builder stands at the first.
  for (Operation *request : all)
    request->erase();
  return std::nullopt;
}

/// The derivatives of one number, or one transposed, that one block asks for:
/// they are found in one go, where all values are known that any of them needs.
template <typename Op>
static std::optional<Obstacle>
replaceAll(Op first, Value value, Value cotangent,
           function_ref<bool(Op)> isSame, bool isAgain) {
  SmallVector<Operation *> all;
  SmallVector<Value> variables;
  for (auto request : first->getBlock()->template getOps<Op>())
    if (isSame(request)) {
      all.push_back(request);
      variables.push_back(request.getVariable());
    }
  return replaceBack(all, variables, value, cotangent, isAgain);
}

static std::optional<Obstacle> replaceDerivative(DerivativeOp op,
                                                 bool isAgain) {
  Surroundings surroundings(op);
  Activity activity;
  if (auto obstacle =
          surroundings.follow(op.getVariable(), op.getValue(), activity))
    return obstacle;
  OpBuilder builder(op);
  Forward forward(builder, activity, isAgain);
  forward.add(op.getVariable(), op.getDirection());
  SmallVector<Operation *> all = surroundings.madeInto(op.getValue());
  for (Operation *before : all)
    if (before != op.getVariable().getDefiningOp() && !forward.goAlong(*before))
      return Obstacle{op.getLoc(), forward.obstacle->getLoc(), forward.reason};
  op.replaceAllUsesWith(forward.tangentOrZero(op.getValue(), op.getLoc()));
  op.erase();
  return std::nullopt;
}

std::optional<Obstacle> answer(Operation *request, bool isAgain) {
  if (auto gradient = dyn_cast<GradientOp>(request))
    return replaceAll<GradientOp>(
        gradient, gradient.getObjective(), Value(),
        [&](GradientOp other) {
          return other.getObjective() == gradient.getObjective();
        },
        isAgain);
  if (auto pullback = dyn_cast<PullbackOp>(request))
    return replaceAll<PullbackOp>(
        pullback, pullback.getValue(), pullback.getCotangent(),
        [&](PullbackOp other) {
          return other.getValue() == pullback.getValue() &&
                 other.getCotangent() == pullback.getCotangent();
        },
        isAgain);
  return replaceDerivative(cast<DerivativeOp>(request), isAgain);
}

/// The first derivative that is asked for and is none of these. Functions of
/// solutions are no part of the program yet.
static Operation *firstBut(ModuleOp module,
                           const llvm::DenseSet<Operation *> &others) {
  Operation *found = nullptr;
  module.walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (isa<SolutionOp>(op))
      return WalkResult::skip();
    if (!isRequest(op) || others.count(op))
      return WalkResult::advance();
    found = op;
    return WalkResult::interrupt();
  });
  return found;
}

/// Whether a derivative is asked for of what becomes of another one, or of one
/// that is found with it.
static bool isDifferentiated(Operation *request) {
  llvm::SetVector<Value> reached;
  for (Operation &other : *request->getBlock())
    if (isRequest(&other) && other.getOperand(0) == request->getOperand(0))
      reached.insert(other.getResult(0));
  for (size_t done = 0; done < reached.size(); ++done)
    for (Operation *user : reached[done].getUsers()) {
      if (isRequest(user) && !user->getParentOfType<SolutionOp>())
        return true;
      for (; !isa<ModuleOp>(user); user = user->getParentOp()) {
        reached.insert(user->result_begin(), user->result_end());
        for (Region &region : user->getRegions())
          for (Block &block : region)
            if (isa<LoopLikeOpInterface, ReverseOp>(user))
              reached.insert(block.args_begin(), block.args_end());
      }
    }
  return false;
}

std::vector<Obstacle> differentiate(ModuleOp module) {
  std::vector<Obstacle> left;
  llvm::DenseSet<Operation *> told;
  if (firstBut(module, told))
    countPasses(module);
  // In the order of execution: one may depend on another.
  while (Operation *op = firstBut(module, told))
    if (auto obstacle = answer(op, isDifferentiated(op))) {
      told.insert(op);
      left.push_back(*obstacle);
    }
  if (!left.empty())
    return left;
  module.walk([](SolutionOp op) {
    op.replaceAllUsesWith(op.getFound());
    op.erase();
  });
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
