//===- EvaluateColours.cpp - colours that tell cells apart ----------------===//
//
// No two cells of one colour are coupled by the function that the colours are
// for. Along an axis on which it reaches r cells far, colours are 0, 1, ..., r,
// 0, 1, ...; around a circle, what is left of its cells at the end has colours
// of its own. A function that reaches along one axis at once can do with the
// colours of the longest reach, added up over the axes; for others each
// combination of the axes' colours is one.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Evaluator.h"

#include <utility>

using namespace pdec;

/// a modulo b, for real a >= 0 and b > 0 that hold whole numbers.
static NodeRef modulo(NodeBuilder &nodes, const NodeRef &a, const NodeRef &b,
                      SourceRange range) {
  NodeRef parts = nodes.unary(NodeKind::Floor,
                              nodes.binary(NodeKind::Div, a, b, range), range);
  return nodes.binary(NodeKind::Sub, a,
                      nodes.binary(NodeKind::Mul, b, parts, range), range);
}

Value Evaluator::chessboard(const Grid *grid, SourceRange range) {
  NodeRef sum;
  for (size_t i = 0; i < grid->axes.size(); ++i) {
    NodeRef index = nodes.cellIndex(grid, int(i), range);
    sum = sum ? nodes.binary(NodeKind::Add, sum, index, range) : index;
  }
  return modulo(nodes, sum, nodes.real(2, range), range);
}

/// The colours along one axis, as a field, and how many there are, an Int.
std::pair<NodeRef, NodeRef> Evaluator::coloursAlong(const Grid *grid, int axis,
                                                    int distance,
                                                    SourceRange range) {
  NodeRef period = nodes.real(distance + 1, range);
  NodeRef index = nodes.cellIndex(grid, axis, range);
  NodeRef colour = modulo(nodes, index, period, range);
  NodeRef count = nodes.integer(distance + 1, range);
  if (grid->axes[axis].low.kind != BoundaryKind::Periodic)
    return {colour, count};
  NodeRef size = nodes.toReal(nodes.gridSize(*grid, axis, range));
  NodeRef rest = modulo(nodes, size, period, range);
  NodeRef end = nodes.binary(NodeKind::Sub, size, rest, range);
  NodeRef own =
      nodes.binary(NodeKind::Add, period,
                   nodes.binary(NodeKind::Sub, index, end, range), range);
  NodeRef isRegular = nodes.binary(NodeKind::Less, index, end, range);
  for (int more = 1; more <= distance; ++more) {
    NodeRef isThere =
        nodes.binary(NodeKind::LessEqual, nodes.real(more, range), rest, range);
    count = nodes.select(isThere, nodes.integer(distance + 1 + more, range),
                         count, range);
  }
  return {nodes.select(isRegular, colour, own, range), count};
}

/// Evaluates `function` for its form alone, and finds what its cells need of
/// those of its argument. Nothing after an error.
std::optional<Reach> Evaluator::findReach(const Given &function,
                                          const Given &fields,
                                          const std::vector<NodeRef> &leaves) {
  probed.push_back(std::make_shared<Loop>());
  std::vector<NodeRef> probes, results;
  for (const NodeRef &leaf : leaves) {
    Node node;
    node.kind = NodeKind::LoopArg;
    node.type = leaf->type;
    node.rule = beyond.ruleOfStart(leaf);
    node.enclosing = probed.back().get();
    node.index = int(probes.size());
    node.range = fields.range;
    probes.push_back(nodes.make(std::move(node)));
  }
  size_t next = 0;
  Value argument = rebuild(fields.value, probes, next);
  int number = numFixpoints;
  Value result;
  {
    auto unheld = freezing.begin(nullptr);
    result = callValue(function.value, argument, function.range);
  }
  numFixpoints = number;
  if (result.isPoison() || !arithmetic.flatten(result, function.range, results))
    return std::nullopt;
  ReachFinder finder(probes);
  // Neighbours along the axes count in any case.
  size_t rank = leaves[0]->type.grid->axes.size();
  Reach reach = Reach::ofNeighbours(rank);
  for (const NodeRef &node : results) {
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

/// The same, found and reported once: who asks for the colours asks for their
/// number as well.
std::optional<Reach> Evaluator::reachOf(const Given &function,
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

/// That cells are coupled with others all over the grid.
void Evaluator::reportCoupling(const Node &node, const Given &function) {
  const char *reason =
      node.kind == NodeKind::Reduce       ? "here all cells become one number"
      : node.kind == NodeKind::LoopResult ? "here a loop couples them"
                                          : "here they go to another grid";
  reporter.error(Error::UnknownCoupling, function.range)
      .note(node.range, reason)
      .help("conjugate gradients, cg(), need no diagonal");
}

Value Evaluator::coloursBuiltin(Builtin builtin,
                                const std::vector<const Given *> &given,
                                SourceRange range) {
  Given fields = *given[0];
  if (const Grid *grid = fields.value.grid;
      fields.value.kind == Value::Kind::Grid)
    fields.value = nodes.likeField(cellsOf(grid), nodes.real(0, range));
  std::vector<NodeRef> leaves;
  if (!arithmetic.flatten(fields.value, fields.range, leaves))
    return {};
  const Grid *grid = leaves.empty() ? nullptr : leaves[0]->type.grid;
  for (const NodeRef &leaf : leaves)
    if (leaf->type.grid != grid)
      grid = nullptr;
  if (!grid) {
    reporter.error(Error::WrongKind, fields.range, "a field or a grid",
                   describe(fields.value));
    return {};
  }
  std::optional<Reach> reach = Reach::ofNeighbours(grid->axes.size());
  if (given[1])
    reach = reachOf(*given[1], fields, leaves);
  if (!reach)
    return {};
  NodeRef colour, count;
  for (size_t i = 0; i < grid->axes.size(); ++i) {
    auto [own, ofAxis] = coloursAlong(grid, int(i), reach->distance(i), range);
    if (!colour) {
      colour = own;
      count = ofAxis;
    } else if (reach->isCross) {
      colour = nodes.binary(NodeKind::Add, colour, own, range);
      count = nodes.binary(NodeKind::Max, count, ofAxis, range);
    } else {
      own = nodes.binary(NodeKind::Mul, nodes.toReal(count), own, range);
      colour = nodes.binary(NodeKind::Add, colour, own, range);
      count = nodes.binary(NodeKind::Mul, count, ofAxis, range);
    }
  }
  if (builtin == Builtin::Colours)
    return count;
  return reach->isCross ? modulo(nodes, colour, nodes.toReal(count), range)
                        : colour;
}
