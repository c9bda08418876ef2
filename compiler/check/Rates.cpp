//===- Rates.cpp - how fast right-hand sides change a field ---------------===//

#include "compiler/check/Rates.h"

using namespace pdec;

/// A field like the one that R is to change: `on`, a field on that grid, or one
/// on the only grid there is. Nothing after an error.
std::optional<Given> Rates::fieldOf(const Given *on, SourceRange range,
                                    const char *callee) {
  Given field{"", on ? on->value : Value(), on ? on->range : range};
  const Grid *grid = on ? field.value.grid : grids.onlyGrid();
  if (!on && !grid) {
    reporter.error(Error::GridUnclear, range, "the field that changes")
        .help(std::string("name its grid, or a field like it: ") + callee);
    return std::nullopt;
  }
  if (!on || field.value.kind == Value::Kind::Grid)
    field.value = nodes.likeField(cellsOf(grid), nodes.real(0, range));
  bool isField = field.value.isPointwise() && field.value.node &&
                 field.value.node->type.isField() &&
                 !hasRows(field.value.node->type);
  if (isField)
    return field;
  if (!field.value.isPoison())
    reporter.error(Error::WrongKind, field.range,
                   "one field on the cells of a grid, or a grid",
                   describe(field.value));
  return std::nullopt;
}

/// What R makes of a variable; null after an error.
std::shared_ptr<const Loop> Rates::rightHandSide(const Given &function,
                                                 const Given &field) {
  const NodeRef &like = field.value.node;
  std::optional<Probe> probe = probes.of(function, field, {like});
  if (!probe)
    return nullptr;
  const Type &type = like->type;
  if (probe->results.size() != 1) {
    reporter.error(Error::StepResult, function.range, type.grid->name,
                   counted(probe->results.size(), "field"));
    return nullptr;
  }
  NodeRef result = probe->results[0];
  if (!result->type.isField())
    result = nodes.likeField(type, result);
  if (result->type.grid != type.grid || !haveSameRows(result->type, type)) {
    reporter.error(Error::StepResult, function.range, type.grid->name,
                   describe(result->type));
    return nullptr;
  }
  probe->loop->yields = {result};
  probe->loop->types = {type};
  probe->loop->names = {"u"};
  probe->loop->range = function.range;
  return probe->loop;
}

/// Null after an error.
NodeRef Rates::rate(RateKind kind, const Given &function, const Given &field,
                    SourceRange range) {
  Node node;
  node.kind = NodeKind::Rate;
  node.rate = kind;
  node.loop = rightHandSide(function, field);
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
  std::optional<Given> field = fieldOf(given[1], range, "limit(R, X)");
  if (!field || !isFunction(*given[0]))
    return {};
  return nodes.binary(NodeKind::Div, nodes.real(2, range),
                      rate(RateKind::Norm, *given[0], *field, range), range);
}

Value Rates::optimal(const std::vector<const Given *> &given,
                     SourceRange range) {
  NodeRef step =
      numberOf(given[1]->value, given[1]->range, "the step", reporter);
  std::optional<Given> field = fieldOf(given[2], range, "optimal(R, tau, X)");
  if (!step || !field || !isFunction(*given[0]))
    return {};
  NodeRef slowest = rate(RateKind::Slowest, *given[0], *field, range);
  if (!slowest)
    return {};
  NodeRef fastest = rate(RateKind::Fastest, *given[0], *field, range);
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
