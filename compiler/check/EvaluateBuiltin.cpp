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
  switch (builtin) {
  case Builtin::Sum:
  case Builtin::Dot:
  case Builtin::Norm:
  case Builtin::NormMax:
  case Builtin::Mean:
    return reductionBuiltin(builtin, matched, range);
  case Builtin::Inner:
    return inner(matched[0]->value, matched[1]->value, range);
  case Builtin::Colour:
  case Builtin::Colours:
    return coloursBuiltin(builtin, matched, range);
  case Builtin::Parity:
  case Builtin::Like:
  case Builtin::Restrict:
  case Builtin::Prolong:
    return gridBuiltin(builtin, matched, range);
  case Builtin::State: {
    std::vector<NodeRef> leaves;
    if (!flatten(matched[0]->value, matched[0]->range, leaves))
      return {};
    return asStates(matched[0]->value, range, [this](const NodeRef &field) {
      return ruleOfArgument(field, nullptr);
    });
  }
  case Builtin::Closed:
    return closed(*matched[0], range);
  case Builtin::Definite:
    return requirement(matched, "curvature", range);
  case Builtin::Consistent:
    return requirement(matched, "mean", range);
  case Builtin::Linear:
    return linear(*matched[0]);
  case Builtin::Freeze:
    return freeze(matched[0]->value);
  case Builtin::Hold:
    return hold(matched, range);
  default:
    return axisBuiltin(builtin, matched, range);
  }
}

/// Operators along an axis, and what is to be known of one. A stencil may also
/// be given for a whole grid.
Value Evaluator::axisBuiltin(Builtin builtin,
                             const std::vector<const Given *> &given,
                             SourceRange range) {
  const Value &axis = given[0]->value;
  bool isGrid = axis.kind == Value::Kind::Grid;
  if (builtin == Builtin::Stencil && (isGrid || axis.kind == Value::Kind::Axis))
    return stencilBuiltin(given, range);
  if (axis.kind != Value::Kind::Axis) {
    Diagnostic &error = reporter.error(Error::WrongKind, given[0]->range,
                                       "an axis", describe(axis));
    if (isGrid)
      error.help("its axis is " + axis.grid->name + "." +
                 axis.grid->axes[0].name);
    return {};
  }
  switch (builtin) {
  case Builtin::Spacing:
    return axis.grid->axes[axis.axis].spacing;
  case Builtin::Index:
    return cellIndex(axis.grid, axis.axis, range);
  case Builtin::Size:
    return nodes.gridSize(*axis.grid, axis.axis, range);
  default:
    return difference(builtin, axis.grid, axis.axis, range);
  }
}

/// exp(s), min(a, b, ...) and their like.
Value Evaluator::pointwiseBuiltin(const BuiltinInfo &info,
                                  const std::vector<Given> &given,
                                  SourceRange range) {
  std::string callee = std::string("'") + info.name + "'";
  std::vector<std::string> formals = info.formals;
  // Of one field, they are its least and greatest cell.
  bool isExtremum = info.required == 2;
  if (isExtremum && given.size() == 1 && given[0].name.empty() &&
      !given[0].value.isPoison())
    return reductionBuiltin(info.builtin, {&given[0]}, range);
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

/// A difference on its own grid, and on all others of the hierarchy.
OperatorRef Evaluator::difference(Builtin builtin, const Grid *grid, int axis,
                                  SourceRange range) {
  return operators.movable(differenceOn(builtin, grid, axis, range),
                           [this, builtin, axis, range](const Grid *on) {
                             return differenceOn(builtin, on, axis, range);
                           });
}

/// Differences are integer weights with a power of 1/h as their scale.
OperatorRef Evaluator::differenceOn(Builtin builtin, const Grid *grid, int axis,
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

/// The lengths of a nested list of weights along each axis; false (reported) if
/// the rows differ in length, or the list is not nested so deep.
static bool extentsOf(const Value &list, size_t rank,
                      std::vector<int> &extents) {
  if (rank == 0)
    return true; // weights are looked at one by one
  if (!list.isList())
    return false;
  extents.push_back(int(list.list->size()));
  std::vector<int> rest;
  for (const Value &row : *list.list) {
    std::vector<int> own;
    if (!extentsOf(row, rank - 1, own) || (!rest.empty() && own != rest))
      return false;
    rest = own;
  }
  extents.insert(extents.end(), rest.begin(), rest.end());
  return true;
}

/// Collects the weights of a nested list by their offsets.
bool Evaluator::readWeights(const Value &list, size_t axis,
                            std::vector<int> &offset,
                            const std::vector<int> &from, SourceRange range,
                            OperatorAlgebra::Taps &taps) {
  if (axis == from.size()) {
    NodeRef weight = scalarOf({"", list, range}, "a weight");
    taps[offset] = weight;
    return weight != nullptr;
  }
  for (size_t i = 0; i < list.list->size(); ++i) {
    offset[axis] = from[axis] + int(i);
    if (!readWeights((*list.list)[i], axis + 1, offset, from, range, taps))
      return false;
  }
  return true;
}

/// The offset of the first weight along each axis. Without `from`, stencils of
/// odd length are centred, others begin at 0.
bool Evaluator::readOffsets(const Given *from, const std::vector<int> &extents,
                            std::vector<int> &result) {
  constexpr int limit = OperatorAlgebra::maxOffset;
  for (int extent : extents)
    result.push_back(extent % 2 ? -(extent / 2) : 0);
  if (!from)
    return true;
  std::vector<Value> given = {from->value};
  if (from->value.isList())
    given = *from->value.list;
  if (given.size() != extents.size()) {
    reporter.error(Error::WrongKind, from->range, "an offset for each axis",
                   describe(from->value));
    return false;
  }
  for (size_t i = 0; i < given.size(); ++i) {
    NodeRef offset =
        scalarOf({"", given[i], from->range}, "the offset of the first weight");
    if (!offset)
      return false;
    if (offset->type.element != ElementKind::Int) {
      reporter.error(Error::NotInteger, from->range,
                     "the offset of the first weight", describe(offset->type));
      return false;
    }
    if (!isConstant(offset)) {
      reporter.error(Error::NotConstant, from->range,
                     "the offset of the first weight");
      return false;
    }
    if (offset->integer < -limit || offset->integer > limit) {
      reporter.error(Error::BadOffset, from->range, limit);
      return false;
    }
    result[i] = int(offset->integer);
  }
  return true;
}

/// stencil(x, [w0, w1, ...], from = k) along an axis, or stencil(X, [[...],
/// [...]], from = [k, l]) on a grid: the first weight acts at the offset given.
Value Evaluator::stencilBuiltin(const std::vector<const Given *> &given,
                                SourceRange range) {
  const Value &place = given[0]->value, &list = given[1]->value;
  bool onAxis = place.kind == Value::Kind::Axis;
  size_t rank = onAxis ? 1 : place.grid->axes.size();
  std::vector<int> extents, from;
  if (!list.isList() || !extentsOf(list, rank, extents)) {
    Diagnostic &error = reporter.error(
        Error::WrongKind, given[1]->range,
        rank == 1 ? "a list of weights"
                  : "a list of lists of weights of the same lengths",
        describe(list));
    error.help("weights stand in brackets: [1, -2, 1]");
    return {};
  }
  int64_t count = 1;
  for (int extent : extents)
    count *= extent;
  if (count > OperatorAlgebra::maxTaps) {
    reporter.error(Error::TooManyTaps, given[1]->range,
                   OperatorAlgebra::maxTaps);
    return {};
  }
  if (!readOffsets(given[2], extents, from))
    return {};
  OperatorAlgebra::Taps taps, all;
  std::vector<int> offset(rank);
  if (!readWeights(list, 0, offset, from, given[1]->range, taps))
    return {};
  for (const auto &[own, weight] : taps) {
    std::vector<int> wide(place.grid->axes.size(), 0);
    if (onAxis)
      wide[place.axis] = own[0];
    else
      wide = own;
    all[wide] = weight;
  }
  return operators.stencil(place.grid, all, nullptr, range);
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
  node.type = cellsOf(grid);
  node.range = range;
  node.args = {seed};
  return nodes.make(std::move(node));
}
