//===- GridCalls.cpp - built-in fields, and those of other grids ----------===//

#include "compiler/check/GridCalls.h"

using namespace pdec;

Value GridCalls::call(Builtin builtin, const std::vector<const Given *> &given,
                      SourceRange range) {
  const Value &value = given[0]->value;
  if (value.isList() && builtin != Builtin::Parity) {
    std::vector<Value> elements;
    std::vector<const Given *> one = given;
    for (const Value &element : *value.list) {
      Given part{given[0]->name, element, given[0]->range};
      one[0] = &part;
      elements.push_back(call(builtin, one, range));
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
    NodeRef number =
        numberOf(given[1]->value, given[1]->range, "the value", reporter);
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
  return colours.chessboard(grid, range);
}

Value GridCalls::noise(const std::vector<Given> &given, SourceRange range) {
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
  NodeRef seed = numberOf(matched.back()->value, matched.back()->range,
                          "the seed", reporter);
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
