//===- Activity.cpp - what depends on what --------------------------------===//

#include "compiler/gradient/Activity.h"

#include "compiler/pde/PdeSolutions.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

bool isDifferentiable(Type type) {
  return isa<FieldType, Float64Type, Float32Type>(type);
}

bool Activity::isAnyVaried(ValueRange values) const {
  return llvm::any_of(values, [&](Value value) { return isVaried(value); });
}

bool Activity::addIfReal(Value value) {
  bool isReal =
      isDifferentiable(value.getType()) || isa<StencilType>(value.getType());
  return isReal && varied.insert(value).second;
}

/// What one pass hands to the next may vary though the first pass' does not.
void Activity::followCarried(Operation &loop) {
  auto like = cast<LoopLikeOpInterface>(loop);
  Block &body = loop.getRegion(0).front();
  auto arguments = like.getRegionIterArgs();
  for (auto [init, argument] : llvm::zip(like.getInits(), arguments))
    if (isVaried(init))
      addIfReal(argument);
  for (bool isMore = true; isMore;) {
    follow(body);
    isMore = false;
    for (auto [yielded, argument] :
         llvm::zip(like.getYieldedValues(), arguments))
      if (isVaried(yielded))
        isMore |= addIfReal(argument);
  }
}

void Activity::followReversal(Operation &op) {
  auto reversal = cast<ReverseOp>(op);
  Block &replay = reversal.getReplay().front();
  Block &back = reversal.getBack().front();
  size_t numStates = reversal.getStates().size();
  auto states = replay.getArguments().drop_front(2);
  auto seen = back.getArguments().slice(1, numStates);
  auto carried = back.getArguments().drop_front(1 + numStates);
  for (auto [init, argument] : llvm::zip(reversal.getStates(), states))
    if (isVaried(init))
      addIfReal(argument);
  for (auto [init, argument] : llvm::zip(reversal.getInits(), carried))
    if (isVaried(init))
      addIfReal(argument);
  for (bool isMore = true; isMore;) {
    follow(replay);
    follow(back);
    isMore = false;
    for (auto [yielded, argument, copy] :
         llvm::zip(replay.getTerminator()->getOperands(), states, seen)) {
      if (isVaried(yielded))
        isMore |= addIfReal(argument);
      if (isVaried(argument))
        isMore |= addIfReal(copy);
    }
    for (auto [yielded, argument] :
         llvm::zip(back.getTerminator()->getOperands(), carried))
      if (isVaried(yielded))
        isMore |= addIfReal(argument);
  }
}

/// A solution varies with its equation, however it was found; where something
/// of that is missing, whatever could depend on it does.
void Activity::followSolution(Operation &op) {
  auto solution = cast<SolutionOp>(op);
  bool isReached = isAnyVaried(solution.getStarts());
  solution.getResidual().walk([&](Operation *inner) {
    isReached |= isAnyVaried(inner->getOperands());
  });
  if (solution.getNoTangent() || solution.getNoAdjoint())
    isReached |= isAnyVaried(solution.getFound());
  if (isReached)
    for (Value result : op.getResults())
      addIfReal(result);
}

void Activity::follow(Operation &op) {
  if (auto reversal = dyn_cast<ReverseOp>(op)) {
    followReversal(op);
    auto carried = reversal.getBack().front().getArguments().drop_front(
        1 + reversal.getStates().size());
    for (auto [argument, result] : llvm::zip(carried, op.getResults()))
      if (isVaried(argument))
        addIfReal(result);
    return;
  }
  if (auto solution = dyn_cast<SolutionOp>(op))
    return followSolution(op);
  if (auto loop = dyn_cast<LoopLikeOpInterface>(op)) {
    followCarried(op);
    for (auto [argument, yielded, result] :
         llvm::zip(loop.getRegionIterArgs(), loop.getYieldedValues(),
                   op.getResults()))
      if (isVaried(argument) || isVaried(yielded))
        addIfReal(result);
    return;
  }
  bool isReached = false;
  op.walk([&](Operation *inner) {
    isReached |= isAnyVaried(inner->getOperands());
  });
  if (isReached)
    for (Value result : op.getResults())
      addIfReal(result);
}

void Activity::follow(Block &block) {
  for (Operation &op : block.without_terminator())
    follow(op);
}

} // namespace pdec::gradient
