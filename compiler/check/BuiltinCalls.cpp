//===- BuiltinCalls.cpp - calls of what the compiler itself knows ---------===//

#include "compiler/check/BuiltinCalls.h"

#include <algorithm>

using namespace pdec;

Value BuiltinCalls::call(Builtin builtin, const std::vector<Given> &given,
                         SourceRange range) {
  const BuiltinInfo &info = builtinInfo(builtin);
  if (info.node)
    return pointwise(info, given, range);
  if (builtin == Builtin::Noise)
    return gridCalls.noise(given, range);
  std::vector<const Given *> matched;
  std::string callee = std::string("'") + info.name + "'";
  if (!match(given, info.formals, info.required, callee, range, matched,
             reporter))
    return {};
  return ofFields(builtin, matched, range);
}

/// Numbers and fields that are made of fields.
Value BuiltinCalls::ofFields(Builtin builtin,
                             const std::vector<const Given *> &matched,
                             SourceRange range) {
  switch (builtin) {
  case Builtin::Sum:
  case Builtin::Dot:
  case Builtin::Norm:
  case Builtin::NormMax:
  case Builtin::Mean:
  case Builtin::CumulativeSum:
    return reductions.call(builtin, matched, range);
  case Builtin::Inner:
    return arithmetic.inner(matched[0]->value, matched[1]->value, range);
  case Builtin::Colour:
  case Builtin::Colours:
    return colours.call(builtin, matched, range);
  case Builtin::Parity:
  case Builtin::Like:
  case Builtin::Restrict:
  case Builtin::Prolong:
    return gridCalls.call(builtin, matched, range);
  case Builtin::At:
    return points.at(matched);
  case Builtin::Spread:
    return points.spread(matched, range);
  case Builtin::State:
    return stateCalls.state(*matched[0], range);
  case Builtin::Closed:
    return stateCalls.closed(*matched[0], range);
  default:
    return ofFunctions(builtin, matched, range);
  }
}

/// What is made of functions, or is known of a run.
Value BuiltinCalls::ofFunctions(Builtin builtin,
                                const std::vector<const Given *> &matched,
                                SourceRange range) {
  switch (builtin) {
  case Builtin::Limit:
    return rates.limit(matched, range);
  case Builtin::Optimal:
    return rates.optimal(matched, range);
  case Builtin::Gradient:
    return gradients.gradient(matched, range);
  case Builtin::Derivative:
    return gradients.derivative(matched, range);
  case Builtin::Linearised:
    return linearisations.linearised(matched, range);
  case Builtin::Transposed:
    return linearisations.transposed(matched, range);
  case Builtin::Solution:
    return solutions.solution(matched, range);
  case Builtin::Definite:
    return iterations.requirement(matched, "curvature", range);
  case Builtin::Consistent:
    return iterations.requirement(matched, "mean", range);
  case Builtin::Linear:
    return stateCalls.linear(*matched[0]);
  case Builtin::Freeze:
    return stateCalls.freeze(*matched[0]);
  case Builtin::Hold:
    return stateCalls.hold(matched, range);
  default:
    return alongAxis(builtin, matched, range);
  }
}

/// Operators along an axis, and what is to be known of one. A stencil may also
/// be given for a whole grid.
Value BuiltinCalls::alongAxis(Builtin builtin,
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
    else if (axis.node && axis.node->type.isField())
      error.help("an operator is made for an axis, and applied: " +
                 std::string(builtinInfo(builtin).name) + "(" +
                 axis.node->type.grid->axes[0].name + ")(u)");
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
Value BuiltinCalls::pointwise(const BuiltinInfo &info,
                              const std::vector<Given> &given,
                              SourceRange range) {
  std::string callee = std::string("'") + info.name + "'";
  std::vector<std::string> formals = info.formals;
  // Of one field, they are its least and greatest cell.
  bool isExtremum = info.required == 2;
  auto isAlong = [](const Given &one) { return one.name == "along"; };
  if (isExtremum && std::any_of(given.begin(), given.end(), isAlong)) {
    std::vector<const Given *> matched;
    return match(given, {"u", "along"}, 2, callee, range, matched, reporter)
               ? reductions.call(info.builtin, matched, range)
               : Value();
  }
  if (isExtremum && given.size() == 1 && given[0].name.empty() &&
      !given[0].value.isPoison())
    return reductions.call(info.builtin, {&given[0]}, range);
  // min and max take any number of further arguments.
  while (info.required == 2 && formals.size() < given.size())
    formals.push_back("");
  std::vector<const Given *> matched;
  if (!match(given, formals, info.required, callee, range, matched, reporter))
    return {};
  std::vector<Value> values;
  std::vector<SourceRange> places;
  for (const Given *argument : matched) {
    values.push_back(argument->value);
    places.push_back(argument->range);
  }
  return arithmetic.entryByEntry(
      values, range, [&](const std::vector<Value> &entries) {
        return Value(ofEntries(info, entries, places, range));
      });
}

/// Of numbers and fields; null after an error.
NodeRef BuiltinCalls::ofEntries(const BuiltinInfo &info,
                                const std::vector<Value> &arguments,
                                const std::vector<SourceRange> &places,
                                SourceRange range) {
  NodeRef result;
  for (size_t i = 0; i < arguments.size(); ++i) {
    NodeRef node = arithmetic.asPointwise(arguments[i], places[i]);
    if (!node)
      return nullptr;
    if (node->type.element == ElementKind::Bool) {
      reporter.error(Error::WrongKind, places[i], "a number or a field",
                     describe(node->type));
      return nullptr;
    }
    if (info.required == 1)
      return nodes.unary(*info.node, node, range);
    if (result && !grids.sameGrid(result, node, range))
      return nullptr;
    result = result ? nodes.binary(*info.node, result, node, range) : node;
  }
  return result;
}
