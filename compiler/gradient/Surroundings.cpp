//===- Surroundings.cpp - what comes before a derivative ------------------===//

#include "compiler/gradient/Surroundings.h"

#include "mlir/IR/BuiltinOps.h"

using namespace mlir;

namespace pdec::gradient {

Surroundings::Surroundings(Operation *asking) : asking(asking) {
  for (Operation *inner = asking; !isa<ModuleOp>(inner->getParentOp());
       inner = inner->getParentOp())
    path.push_back({inner->getBlock(), inner});
  std::reverse(path.begin(), path.end());
}

SmallVector<Operation *> Surroundings::madeInto(Value value) const {
  llvm::DenseSet<Value> needed{value};
  SmallVector<Operation *> made;
  SmallVector<Operation *> all = before();
  for (Operation *op : llvm::reverse(all)) {
    if (llvm::none_of(op->getResults(),
                      [&](Value result) { return needed.contains(result); }))
      continue;
    made.push_back(op);
    op->walk([&](Operation *inner) {
      needed.insert(inner->operand_begin(), inner->operand_end());
    });
  }
  std::reverse(made.begin(), made.end());
  return made;
}

/// In their order.
SmallVector<Operation *> Surroundings::before() const {
  SmallVector<Operation *> all;
  for (auto [block, end] : path)
    for (Operation &op : llvm::make_range(block->begin(), end->getIterator()))
      all.push_back(&op);
  return all;
}

/// As far as `end`, which is the end of one of the blocks.
void Surroundings::followTo(Operation *end, Activity &activity) const {
  for (Operation *op : before())
    if (op->getParentOp()->isProperAncestor(end))
      activity.follow(*op);
}

/// What a loop around the derivative carries and earlier passes have made of
/// variables from outside of it.
Activity Surroundings::carriedThrough(LoopLikeOpInterface loop,
                                      ValueRange variables) const {
  Activity outer;
  for (Value variable : variables)
    if (!loop->isAncestor(variable.getParentBlock()->getParentOp()))
      outer.add(variable);
  followTo(loop, outer);
  outer.followCarried(*loop);
  Activity carried;
  for (Value argument : loop.getRegionIterArgs())
    if (outer.isVaried(argument))
      carried.add(argument);
  return carried;
}

std::optional<Obstacle> Surroundings::follow(ValueRange variables, Value value,
                                             Activity &activity) const {
  for (Value variable : variables)
    activity.add(variable);
  followTo(asking, activity);
  for (auto [block, end] : path) {
    auto loop = end == asking ? LoopLikeOpInterface()
                              : dyn_cast<LoopLikeOpInterface>(end);
    // Nothing is handed on of what each pass has for itself; the loop may not
    // be whole yet.
    bool isOutside = llvm::any_of(variables, [&](Value variable) {
      return !loop ||
             !loop->isAncestor(variable.getParentBlock()->getParentOp());
    });
    if (!loop || !isOutside)
      continue;
    Activity carried = carriedThrough(loop, variables);
    followTo(asking, carried);
    if (carried.isVaried(value))
      return Obstacle{asking->getLoc(), loop.getLoc(),
                      "what is differentiated depends on the variable through "
                      "what earlier passes of this loop did"};
  }
  return std::nullopt;
}

} // namespace pdec::gradient
