//===- FlattenSteps.cpp - loops that are nothing but a loop ---------------===//

#include "compiler/kernel/Passes.h"
#include "compiler/pde/PdeDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace pdec::kernel {

#define GEN_PASS_DEF_FLATTENSTEPS
#include "compiler/kernel/Passes.h.inc"

using namespace pde;

/// More steps than any tile takes at once, and far from overflow.
static constexpr int64_t mostPasses = 1 << 20;

/// The number of passes if the script says it, and it is of a usual size.
static std::optional<int64_t> passesOf(StepsOp steps) {
  llvm::APInt count;
  if (!matchPattern(steps.getCount(), m_ConstantInt(&count)))
    return std::nullopt;
  int64_t passes = count.getSExtValue();
  return passes >= 1 && passes <= mostPasses ? std::optional(passes)
                                             : std::nullopt;
}

/// The loop that a loop's body is, if it starts from what is carried, and what
/// it ends with is carried on; null: there is more.
static StepsOp onlyLoop(StepsOp outer) {
  Block &body = outer.getBody().front();
  auto inner = dyn_cast<StepsOp>(body.front());
  if (!inner || inner->getNextNode() != body.getTerminator())
    return {};
  auto levels = body.getArguments().drop_front();
  bool isSame =
      llvm::equal(inner.getInits(), levels) &&
      llvm::equal(body.getTerminator()->getOperands(), inner->getResults());
  // Time steps are reported one by one, each as what it is.
  bool isReported = outer.getEvolution() || inner.getEvolution();
  return isSame && !isReported ? inner : StepsOp();
}

/// Makes one loop of two: pass k of it is pass k mod m of the inner one of m
/// passes, in pass k div m of the outer one.
static void flatten(StepsOp outer, StepsOp inner, int64_t most,
                    int64_t innerPasses) {
  OpBuilder builder(outer);
  Location loc = inner.getLoc();
  auto index = [&](int64_t value) -> Value {
    return builder.create<arith::ConstantOp>(loc,
                                             builder.getI64IntegerAttr(value));
  };
  outer.getCountMutable().assign(index(most * innerPasses));
  Value passes = index(innerPasses);
  Block &body = outer.getBody().front(), &step = inner.getBody().front();
  Value pass = body.getArgument(0);
  builder.setInsertionPointToStart(&body);
  Value ofOuter = builder.create<arith::DivUIOp>(loc, pass, passes);
  Value ofInner = builder.create<arith::RemUIOp>(loc, pass, passes);
  pass.replaceUsesWithIf(ofOuter, [&](OpOperand &use) {
    return step.getParentOp()->isProperAncestor(use.getOwner());
  });
  step.getArgument(0).replaceAllUsesWith(ofInner);
  auto levels = step.getArguments().drop_front();
  for (auto [mine, before] :
       llvm::zip(levels, body.getArguments().drop_front()))
    mine.replaceAllUsesWith(before);
  body.getTerminator()->setOperands(step.getTerminator()->getOperands());
  step.getTerminator()->erase();
  body.getOperations().splice(Block::iterator(inner), step.getOperations());
  inner.erase();
  for (Value number : {ofOuter, ofInner})
    if (number.use_empty())
      number.getDefiningOp()->erase();
}

namespace {
struct FlattenStepsPass : impl::FlattenStepsBase<FlattenStepsPass> {
  void runOnOperation() override {
    // Inner loops come first.
    std::vector<StepsOp> loops;
    getOperation().walk([&](StepsOp steps) { loops.push_back(steps); });
    for (StepsOp outer : loops) {
      StepsOp inner = onlyLoop(outer);
      if (!inner)
        continue;
      auto most = passesOf(outer), passes = passesOf(inner);
      if (most && passes && *most * *passes <= mostPasses)
        flatten(outer, inner, *most, *passes);
    }
  }
};
} // namespace

} // namespace pdec::kernel
