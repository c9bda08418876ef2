//===- OnnxReversals.cpp - backpropagation through repeated blocks --------===//
//
// A Loop can collect what its passes give. So one loop makes all states, and
// another one goes back through them: a model has no memory to save.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/OnnxLoops.h"

#include "mlir/IR/Builders.h"

using namespace mlir;

namespace pdec::exporters {

/// The states before all passes, a tensor for each part of the state.
std::vector<Name> OnnxLoops::collectStates(net::ReverseOp op) {
  Block &replay = op.getReplay().front();
  Body body = open("states_body");
  values.setName(replay.getArgument(0), bindPass(body));
  values.setConstant(replay.getArgument(1),
                     Builder(op.getContext()).getI64IntegerAttr(1));
  auto states = replay.getArguments().drop_front(2);
  for (auto [argument, init] : llvm::zip(states, op.getStates())) {
    if (isa<RankedTensorType>(init.getType()))
      shapes.noteAs(argument, init);
    bindState(body, argument);
  }
  writeBlock(replay);
  yield(body, build.truth(true), "goes_on", {Element::Bool, {}});
  yieldCarried(body, op.getStates(), replay.getTerminator()->getOperands());
  for (BlockArgument argument : states)
    body.collected.push_back({values.name(argument), typeOf(argument)});
  std::vector<Name> results =
      finish(body, values.name(op.getCount()), "", "states");
  results.erase(results.begin(), results.begin() + states.size());
  return results;
}

void OnnxLoops::emitReverse(net::ReverseOp op) {
  if (unroll)
    return refusal.refuse(op, "a derivative that goes back through repeated "
                              "blocks cannot be unrolled");
  std::vector<Name> states = collectStates(op);
  Block &back = op.getBack().front();
  Body body = open("back_body");
  Name last = build.node(
      "Sub", {values.name(op.getCount()), build.model.integer(1)}, {}, "last");
  Name pass = build.node("Sub", {last, bindPass(body)}, {}, "pass_back");
  values.setName(back.getArgument(0), pass);
  auto parts = back.getArguments().slice(1, states.size());
  for (auto [argument, init, all] : llvm::zip(parts, op.getStates(), states)) {
    if (isa<RankedTensorType>(init.getType()))
      shapes.noteAs(argument, init);
    values.setName(argument,
                   build.node("Gather", {all, pass},
                              {Attribute::integer("axis", 0)}, "state_back"));
  }
  auto carried = back.getArguments().drop_front(1 + states.size());
  for (auto [argument, init, result] :
       llvm::zip(carried, op.getInits(), op.getResults())) {
    if (isa<RankedTensorType>(init.getType())) {
      shapes.noteAs(argument, init);
      shapes.noteAs(result, init);
    }
    bindState(body, argument);
  }
  writeBlock(back);
  yield(body, build.truth(true), "goes_on", {Element::Bool, {}});
  yieldCarried(body, op.getInits(), back.getTerminator()->getOperands());
  close(body, op, values.name(op.getCount()), "", "back");
}

} // namespace pdec::exporters
