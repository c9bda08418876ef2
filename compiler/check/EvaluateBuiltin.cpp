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
  if (!match(given, info.formals, info.required, callee, range, matched,
             reporter))
    return {};
  switch (builtin) {
  case Builtin::Sum:
  case Builtin::Dot:
  case Builtin::Norm:
  case Builtin::NormMax:
  case Builtin::Mean:
    return reductions.call(builtin, matched, range);
  case Builtin::Inner:
    return arithmetic.inner(matched[0]->value, matched[1]->value, range);
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
    if (!arithmetic.flatten(matched[0]->value, matched[0]->range, leaves))
      return {};
    return states.asStates(matched[0]->value, range,
                           [this](const NodeRef &field) {
                             return states.ruleOfArgument(field, nullptr);
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
    return freezing.freeze(matched[0]->value);
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
    return differences.stencil(given, range);
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
    return nodes.cellIndex(axis.grid, axis.axis, range);
  case Builtin::Size:
    return nodes.gridSize(*axis.grid, axis.axis, range);
  default:
    return differences.difference(builtin, axis.grid, axis.axis, range);
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
    return reductions.call(info.builtin, {&given[0]}, range);
  // min and max take any number of further arguments.
  while (info.required == 2 && formals.size() < given.size())
    formals.push_back("");
  std::vector<const Given *> matched;
  if (!match(given, formals, info.required, callee, range, matched, reporter))
    return {};
  NodeRef result;
  for (const Given *argument : matched) {
    NodeRef node = arithmetic.asPointwise(argument->value, argument->range);
    if (!node)
      return {};
    if (node->type.element == ElementKind::Bool) {
      reporter.error(Error::WrongKind, argument->range, "a number or a field",
                     describe(node->type));
      return {};
    }
    if (info.required == 1)
      return nodes.unary(*info.node, node, range);
    if (result && !grids.sameGrid(result, node, range))
      return {};
    result = result ? nodes.binary(*info.node, result, node, range) : node;
  }
  return result;
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
  if (!match(given, formals, formals.size(), "'noise'", range, matched,
             reporter))
    return {};
  const Grid *grid = names.meantGrid();
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
  NodeRef seed = scalarOf(*matched.back(), "the seed", reporter);
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

Value Evaluator::gridBuiltin(Builtin builtin,
                             const std::vector<const Given *> &given,
                             SourceRange range) {
  const Value &value = given[0]->value;
  if (value.isList() && builtin != Builtin::Parity) {
    std::vector<Value> elements;
    std::vector<const Given *> one = given;
    for (const Value &element : *value.list) {
      Given part{given[0]->name, element, given[0]->range};
      one[0] = &part;
      elements.push_back(gridBuiltin(builtin, one, range));
      if (elements.back().isPoison())
        return {};
    }
    return Value::ofList(std::move(elements));
  }
  NodeRef field;
  const Grid *grid = value.grid;
  if (value.kind != Value::Kind::Grid) {
    field = arithmetic.asPointwise(value, given[0]->range);
    if (!field)
      return {};
    grid = field->type.grid;
  }
  bool needsField = builtin == Builtin::Restrict || builtin == Builtin::Prolong;
  if (!grid || (needsField && !field)) {
    reporter.error(Error::WrongKind, given[0]->range,
                   needsField ? "a field" : "a field or a grid",
                   describe(value));
    return {};
  }
  switch (builtin) {
  case Builtin::Prolong:
    return grids.prolonged(field, range);
  case Builtin::Restrict: {
    bool homogeneous = false;
    if (given[1]) {
      const NodeRef &flag = given[1]->value.node;
      if (!isConstant(flag) || flag->type.element != ElementKind::Bool) {
        reporter.error(Error::WrongKind, given[1]->range, "true or false",
                       describe(given[1]->value));
        return {};
      }
      homogeneous = flag->integer;
    }
    return grids.restricted(field, homogeneous, range);
  }
  case Builtin::Like: {
    NodeRef number = scalarOf(*given[1], "the value", reporter);
    NodeRef result =
        nodes.likeField(field ? field->type : cellsOf(grid), number);
    // Zero like an error is an error.
    RuleRef rule = field ? beyond.ruleOfStart(field) : nullptr;
    bool isError = rule && rule->base && isConstant(number) &&
                   constantValue(number) == 0 && !hasRows(field->type);
    return isError ? states.asState(result, rule, range) : result;
  }
  default:
    break;
  }
  return chessboard(grid, range);
}
