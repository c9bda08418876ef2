//===- Rates.cpp - how fast right-hand sides change a field ---------------===//

#include "compiler/check/Rates.h"

#include <algorithm>

using namespace pdec;

/// The fields of a value that is one, or a list of such; false if there is
/// anything else in it.
static bool collectFields(const Value &value, std::vector<NodeRef> &fields) {
  if (value.isList())
    return std::all_of(
        value.list->begin(), value.list->end(),
        [&](const Value &part) { return collectFields(part, fields); });
  bool isField = value.isPointwise() && value.node &&
                 value.node->type.isField() && !hasRows(value.node->type);
  if (isField)
    fields.push_back(value.node);
  return isField;
}

/// Fields like those that R is to change: `on`, a field or a list of some, one
/// field on that grid, or one on the only grid there is. Nothing after an
/// error.
std::optional<Rates::Fields> Rates::fieldsOf(const Given *on, SourceRange range,
                                             const char *callee) {
  Fields made{{"", on ? on->value : Value(), on ? on->range : range}, {}};
  Value &value = made.given.value;
  const Grid *grid = on ? value.grid : grids.onlyGrid();
  if (!on && !grid) {
    reporter.error(Error::GridUnclear, range, "the field that changes")
        .help(std::string("name its grid, or a field like it: ") + callee);
    return std::nullopt;
  }
  if (!on || value.kind == Value::Kind::Grid)
    value = nodes.likeField(cellsOf(grid), nodes.real(0, range));
  bool areFields =
      collectFields(value, made.leaves) && !made.leaves.empty() &&
      std::all_of(made.leaves.begin(), made.leaves.end(),
                  [&](const NodeRef &leaf) {
                    return leaf->type.grid == made.leaves[0]->type.grid;
                  });
  if (areFields)
    return made;
  if (!value.isPoison())
    reporter.error(Error::WrongKind, made.given.range,
                   "fields on the cells of a grid, or a grid", describe(value));
  return std::nullopt;
}

/// What R makes of variables; null after an error.
std::shared_ptr<const Loop> Rates::rightHandSide(const Given &function,
                                                 const Fields &fields) {
  std::optional<Probe> probe = probes.of(function, fields.given, fields.leaves);
  if (!probe)
    return nullptr;
  const Type &type = fields.leaves[0]->type;
  auto refuse = [&](const std::string &made) {
    reporter.error(Error::StepResult, function.range, type.grid->name, made);
    return nullptr;
  };
  if (probe->results.size() != fields.leaves.size())
    return refuse(counted(probe->results.size(), "field"));
  for (NodeRef &result : probe->results) {
    if (!result->type.isField())
      result = nodes.likeField(type, result);
    if (result->type.grid != type.grid || !haveSameRows(result->type, type))
      return refuse(describe(result->type));
    probe->loop->types.push_back(type);
    probe->loop->names.push_back("u");
  }
  probe->loop->yields = probe->results;
  probe->loop->range = function.range;
  return probe->loop;
}

/// Null after an error.
NodeRef Rates::rate(RateKind kind, const Given &function, const Fields &fields,
                    SourceRange range) {
  Node node;
  node.kind = NodeKind::Rate;
  node.rate = kind;
  node.loop = rightHandSide(function, fields);
  node.range = range;
  return node.loop ? nodes.make(std::move(node)) : nullptr;
}

bool Rates::isFunction(const Given &given) {
  const Value &value = given.value;
  if (value.kind == Value::Kind::Closure || value.isOperator())
    return true;
  reporter.error(Error::WrongKind, given.range, "a function or an operator",
                 describe(value));
  return false;
}

Value Rates::limit(const std::vector<const Given *> &given, SourceRange range) {
  std::optional<Fields> fields = fieldsOf(given[1], range, "limit(R, X)");
  if (!fields || !isFunction(*given[0]))
    return {};
  return nodes.binary(NodeKind::Div, nodes.real(2, range),
                      rate(RateKind::Norm, *given[0], *fields, range), range);
}

Value Rates::optimal(const std::vector<const Given *> &given,
                     SourceRange range) {
  NodeRef step =
      numberOf(given[1]->value, given[1]->range, "the step", reporter);
  std::optional<Fields> fields =
      fieldsOf(given[2], range, "optimal(R, tau, X)");
  if (!step || !fields || !isFunction(*given[0]))
    return {};
  NodeRef slowest = rate(RateKind::Slowest, *given[0], *fields, range);
  if (!slowest)
    return {};
  NodeRef fastest = rate(RateKind::Fastest, *given[0], *fields, range);
  auto add = [&](const NodeRef &a, const NodeRef &b) {
    return nodes.binary(NodeKind::Add, a, b, range);
  };
  auto timesStep = [&](const NodeRef &a) {
    return nodes.binary(NodeKind::Mul, step, a, range);
  };
  NodeRef one = nodes.real(1, range), two = nodes.real(2, range);
  // No damping is known to converge if a pass may turn away from the solution:
  // then as if it could not.
  NodeRef zero = nodes.real(0, range);
  NodeRef turns = nodes.binary(NodeKind::LessEqual,
                               add(one, timesStep(slowest)), zero, range);
  slowest = nodes.select(turns, zero, slowest, range);
  NodeRef divisor = add(two, timesStep(add(slowest, fastest)));
  return nodes.binary(NodeKind::Div, two, divisor, range);
}
