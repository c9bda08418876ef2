//===- EvaluateBuiltin.cpp - calls of what the compiler itself knows ------===//

#include "compiler/check/Evaluator.h"

using namespace pdec;

Value Evaluator::callBuiltin(Builtin builtin, const std::vector<Given> &given,
                             SourceRange range) {
  const BuiltinInfo &info = builtinInfo(builtin);
  if (info.node)
    return pointwiseBuiltin(info, given, range);
  if (builtin == Builtin::Noise)
    return noiseBuiltin(given, range);
  std::vector<const Given *> matched;
  std::string callee = std::string("'") + info.name + "'";
  if (!match(given, info.formals, info.required, callee, range, matched))
    return {};
  const Value &axis = matched[0]->value;
  if (axis.kind != Value::Kind::Axis) {
    Diagnostic &error = reporter.error(Error::WrongKind, matched[0]->range,
                                       "an axis", describe(axis));
    if (axis.kind == Value::Kind::Grid)
      error.help("its axis is " + axis.grid->name + "." +
                 axis.grid->axes[0].name);
    return {};
  }
  switch (builtin) {
  case Builtin::Stencil:
    return stencilBuiltin(matched, range);
  case Builtin::Spacing:
    return axis.grid->axes[axis.axis].spacing;
  case Builtin::Size: {
    Node node;
    node.kind = NodeKind::GridSize;
    node.type.element = ElementKind::Int;
    node.index = axis.grid->index;
    node.axis = axis.axis;
    node.range = range;
    return nodes.make(std::move(node));
  }
  default:
    return differenceBuiltin(builtin, axis.grid, axis.axis, range);
  }
}

/// exp(s), min(a, b, ...) and their like.
Value Evaluator::pointwiseBuiltin(const BuiltinInfo &info,
                                  const std::vector<Given> &given,
                                  SourceRange range) {
  std::string callee = std::string("'") + info.name + "'";
  std::vector<std::string> formals = info.formals;
  // min and max take any number of further arguments.
  while (info.required == 2 && formals.size() < given.size())
    formals.push_back("");
  std::vector<const Given *> matched;
  if (!match(given, formals, info.required, callee, range, matched))
    return {};
  NodeRef result;
  for (const Given *argument : matched) {
    NodeRef node = asPointwise(argument->value, argument->range);
    if (!node)
      return {};
    if (node->type.element == ElementKind::Bool) {
      reporter.error(Error::WrongKind, argument->range, "a number or a field",
                     describe(node->type));
      return {};
    }
    if (info.required == 1)
      return nodes.unary(*info.node, node, range);
    if (result && !sameGrid(result, node, range))
      return {};
    result = result ? nodes.binary(*info.node, result, node, range) : node;
  }
  return result;
}

/// Differences are integer weights with a power of 1/h as their scale.
Value Evaluator::differenceBuiltin(Builtin builtin, const Grid *grid, int axis,
                                   SourceRange range) {
  NodeRef h = grid->axes[axis].spacing;
  std::vector<int> weights = {-1, 1};
  int first = 0;
  switch (builtin) {
  case Builtin::Backward:
    first = -1;
    break;
  case Builtin::Central:
    weights = {-1, 0, 1};
    first = -1;
    h = nodes.binary(NodeKind::Mul, nodes.real(2, range), h, range);
    break;
  case Builtin::SecondDifference:
    weights = {1, -2, 1};
    first = -1;
    h = nodes.binary(NodeKind::Mul, h, h, range);
    break;
  default:
    break;
  }
  std::vector<NodeRef> taps;
  for (int weight : weights)
    taps.push_back(nodes.real(weight, range));
  NodeRef scale = nodes.binary(NodeKind::Div, nodes.real(1, range), h, range);
  return operators.stencil(grid, axis, taps, first, scale, range);
}

NodeRef Evaluator::scalarOf(const Given &given, const std::string &what) {
  const NodeRef &node = given.value.node;
  if (given.value.kind == Value::Kind::Node && !node->type.isField() &&
      node->type.element != ElementKind::Bool)
    return node;
  reporter.error(Error::ScalarNeeded, given.range, what, describe(given.value));
  return nullptr;
}

/// stencil(x, [w0, w1, ...], from = k): the first weight acts at offset k.
/// Without `from`, stencils of odd length are centred, others begin at 0.
Value Evaluator::stencilBuiltin(const std::vector<const Given *> &given,
                                SourceRange range) {
  const Value &axis = given[0]->value, &list = given[1]->value;
  if (list.kind != Value::Kind::List) {
    reporter
        .error(Error::WrongKind, given[1]->range, "a list of weights",
               describe(list))
        .help("weights stand in brackets: [1, -2, 1]");
    return {};
  }
  std::vector<NodeRef> weights;
  for (const Value &element : *list.list) {
    NodeRef weight = scalarOf({"", element, given[1]->range}, "a weight");
    if (!weight)
      return {};
    weights.push_back(weight);
  }
  if (weights.size() > size_t(OperatorAlgebra::maxTaps)) {
    reporter.error(Error::TooManyTaps, given[1]->range,
                   OperatorAlgebra::maxTaps);
    return {};
  }
  int size = int(weights.size());
  int first = size % 2 ? -(size / 2) : 0;
  if (given[2]) {
    NodeRef from = scalarOf(*given[2], "the offset of the first weight");
    if (!from)
      return {};
    if (from->type.element != ElementKind::Int) {
      reporter.error(Error::NotInteger, given[2]->range,
                     "the offset of the first weight", describe(from->type));
      return {};
    }
    if (!isConstant(from)) {
      reporter.error(Error::NotConstant, given[2]->range,
                     "the offset of the first weight");
      return {};
    }
    constexpr int limit = OperatorAlgebra::maxOffset;
    if (from->integer < -limit || from->integer > limit) {
      reporter.error(Error::BadOffset, given[2]->range, limit);
      return {};
    }
    first = int(from->integer);
  }
  return operators.stencil(axis.grid, axis.axis, weights, first, nullptr,
                           range);
}

/// noise(grid, seed), or noise(seed) where the grid is known.
Value Evaluator::noiseBuiltin(const std::vector<Given> &given,
                              SourceRange range) {
  const BuiltinInfo &info = builtinInfo(Builtin::Noise);
  bool seedOnly = given.size() == 1 && given[0].name != "grid" &&
                  given[0].value.kind != Value::Kind::Grid;
  std::vector<std::string> formals = info.formals;
  if (seedOnly)
    formals = {"seed"};
  std::vector<const Given *> matched;
  if (!match(given, formals, formals.size(), "'noise'", range, matched))
    return {};
  const Grid *grid = contextGrid;
  if (!seedOnly) {
    grid = matched[0]->value.grid;
    if (matched[0]->value.kind != Value::Kind::Grid) {
      reporter.error(Error::WrongKind, matched[0]->range, "a grid",
                     describe(matched[0]->value));
      return {};
    }
  }
  if (!grid) {
    reporter.error(Error::GridUnclear, range, "this noise")
        .help("name the grid: noise(X, 7)");
    return {};
  }
  NodeRef seed = scalarOf(*matched.back(), "the seed");
  if (!seed)
    return {};
  if (seed->type.element != ElementKind::Int) {
    reporter.error(Error::NotInteger, matched.back()->range, "the seed",
                   describe(seed->type));
    return {};
  }
  Node node;
  node.kind = NodeKind::Noise;
  node.type.grid = grid;
  node.type.low.assign(grid->axes.size(), 0);
  node.type.high.assign(grid->axes.size(), 0);
  node.range = range;
  node.args = {seed};
  return nodes.make(std::move(node));
}
