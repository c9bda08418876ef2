//===- Couplings.cpp - what cells a function couples ----------------------===//

#include "compiler/check/Couplings.h"

using namespace pdec;

/// That cells are coupled with others all over the grid.
void Couplings::reportCoupling(const Node &node, const Given &function) {
  const char *reason =
      node.kind == NodeKind::Reduce       ? "here all cells become one number"
      : node.kind == NodeKind::LoopResult ? "here a loop couples them"
                                          : "here they go to another grid";
  reporter.error(Error::UnknownCoupling, function.range)
      .note(node.range, reason)
      .help("conjugate gradients, cg(), need no diagonal");
}

/// Evaluates `function` for its form alone, and finds what its cells need of
/// those of its argument. Nothing after an error.
std::optional<Reach> Couplings::findReach(const Given &function,
                                          const Given &fields,
                                          const std::vector<NodeRef> &leaves) {
  std::optional<Probe> probe = probes.of(function, fields, leaves);
  if (!probe)
    return std::nullopt;
  ReachFinder finder(probe->variables);
  // Neighbours along the axes count in any case.
  size_t rank = leaves[0]->type.grid->axes.size();
  Reach reach = Reach::ofNeighbours(rank);
  for (const NodeRef &node : probe->results) {
    const Reach *own = finder.of(node);
    if (finder.obstacle()) {
      reportCoupling(*finder.obstacle(), function);
      return std::nullopt;
    }
    if (own)
      reach.unite(*own);
  }
  return reach;
}

std::optional<Reach> Couplings::reachOf(const Given &function,
                                        const Given &fields,
                                        const std::vector<NodeRef> &leaves) {
  const Value &value = function.value;
  if (value.kind != Value::Kind::Closure && !value.isOperator()) {
    reporter.error(Error::WrongKind, function.range,
                   "a function or an operator", describe(value));
    return std::nullopt;
  }
  ReachKey key{
      value.closure, value.op, value.received && value.received->isLinear, {}};
  for (const NodeRef &leaf : leaves)
    std::get<std::vector<RuleRef>>(key).push_back(beyond.ruleOfStart(leaf));
  auto place = reaches.find(key);
  if (place == reaches.end())
    place = reaches.emplace(key, findReach(function, fields, leaves)).first;
  return place->second;
}
