//===- Probes.cpp - functions evaluated for their form alone --------------===//

#include "compiler/check/Probes.h"

using namespace pdec;

std::optional<Probe> Probes::of(const Given &function, const Given &fields,
                                const std::vector<NodeRef> &leaves) {
  Probe probe;
  probe.loop = std::make_shared<Loop>();
  loops.push_back(probe.loop);
  for (const NodeRef &leaf : leaves) {
    Node node;
    node.kind = NodeKind::LoopArg;
    node.type = leaf->type;
    node.rule = beyond.ruleOfStart(leaf);
    node.enclosing = probe.loop.get();
    node.index = int(probe.variables.size());
    node.range = fields.range;
    probe.variables.push_back(nodes.make(std::move(node)));
  }
  size_t next = 0;
  Value argument = rebuild(fields.value, probe.variables, next);
  Value result;
  {
    auto unheld = freezing.begin(nullptr);
    auto unnumbered = iterations.unnumbered();
    result = calls.callValue(function.value, argument, function.range);
  }
  if (result.isPoison() ||
      !arithmetic.flatten(result, function.range, probe.results))
    return std::nullopt;
  return probe;
}
