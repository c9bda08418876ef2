//===- Gradients.cpp - derivatives ----------------------------------------===//

#include "compiler/check/Gradients.h"

using namespace pdec;

/// Whether others can depend on a value as on something of its own. A pointwise
/// function of fields is computed anew wherever it goes on beyond a side, so
/// that nothing depends on its cells alone.
bool Gradients::isVariable(const NodeRef &node, const Given &variable) {
  if (node->type.element != ElementKind::Real) {
    reporter.error(Error::WrongKind, variable.range, "a real number or a field",
                   describe(node->type));
    return false;
  }
  if (isConstant(node)) {
    reporter.error(Error::NoVariable, variable.range, "a constant")
        .help("a number that is declared by 'param' is one");
    return false;
  }
  bool isFunction = node->type.isField() &&
                    (isPointwise(*node) || node->kind == NodeKind::Spread ||
                     node->kind == NodeKind::Coordinate);
  if (isFunction)
    reporter
        .error(Error::NoVariable, variable.range,
               "a function of fields, cell by cell")
        .help("declare it as a field of its own: let m on " +
              node->type.grid->name + " = ...");
  return !isFunction;
}

/// Null after an error.
NodeRef Gradients::variableOf(const Given &given) {
  if (given.value.isPoison())
    return nullptr;
  NodeRef node = arithmetic.asPointwise(given.value, given.range);
  return node && isVariable(node, given) ? node : nullptr;
}

Value Gradients::by(const NodeRef &objective, const Given &variable,
                    SourceRange range) {
  if (variable.value.isList()) {
    std::vector<Value> entries;
    for (const Value &entry : *variable.value.list) {
      entries.push_back(by(objective, {"", entry, variable.range}, range));
      if (entries.back().isPoison())
        return {};
    }
    return Value::ofList(std::move(entries));
  }
  NodeRef node = variableOf(variable);
  if (!node)
    return {};
  Node made;
  made.kind = NodeKind::Gradient;
  made.type = node->type;
  made.range = range;
  made.args = {objective, node};
  // A step against the gradient obeys the rule of what it starts from.
  if (node->rule)
    made.rule = rules.homogeneous(node->rule);
  return nodes.make(std::move(made));
}

Value Gradients::gradient(const std::vector<const Given *> &given,
                          SourceRange range) {
  NodeRef objective = numberOf(given[0]->value, given[0]->range,
                               "what is differentiated", reporter);
  if (!objective || given[1]->value.isPoison())
    return {};
  return by(nodes.toReal(objective), *given[1], range);
}

/// Of a function of fields, cell by cell, the derivative is such a function,
/// too: what lies beyond a side is told by a `let` with a grid.
Value Gradients::along(const Given &value, const NodeRef &variable,
                       const NodeRef &direction, SourceRange range) {
  if (value.value.isList()) {
    std::vector<Value> entries;
    for (const Value &entry : *value.value.list) {
      entries.push_back(
          along({"", entry, value.range}, variable, direction, range));
      if (entries.back().isPoison())
        return {};
    }
    return Value::ofList(std::move(entries));
  }
  NodeRef node = arithmetic.asPointwise(value.value, value.range);
  if (!node)
    return {};
  if (node->type.element == ElementKind::Bool) {
    reporter.error(Error::WrongKind, value.range, "a number or a field",
                   describe(node->type));
    return {};
  }
  Node made;
  made.kind = NodeKind::Derivative;
  made.args = {nodes.toReal(node), variable, direction};
  made.type = made.args[0]->type;
  made.range = range;
  if (node->rule)
    made.rule = rules.homogeneous(node->rule);
  return nodes.make(std::move(made));
}

/// By all entries of a list, each in the direction of its own: the sum of what
/// each of them does.
Value Gradients::alongAll(const Given &value, const Given &variables,
                          const Given &directions, SourceRange range) {
  const std::vector<Value> &entries = *variables.value.list;
  if (!directions.value.isList() ||
      directions.value.list->size() != entries.size()) {
    reporter.error(Error::WrongKind, directions.range,
                   "a direction like what is differentiated by, " +
                       describe(variables.value),
                   describe(directions.value));
    return {};
  }
  Value sum;
  for (size_t i = 0; i < entries.size(); ++i) {
    Given variable = {"", entries[i], variables.range};
    Given direction = {"", (*directions.value.list)[i], directions.range};
    Value part = derivative({&value, &variable, &direction}, range);
    if (part.isPoison())
      return {};
    sum = i == 0 ? part : arithmetic.binary(NodeKind::Add, sum, part, range);
  }
  return sum;
}

Value Gradients::derivative(const std::vector<const Given *> &given,
                            SourceRange range) {
  if (given[1]->value.isList())
    return alongAll(*given[0], *given[1], *given[2], range);
  NodeRef variable = variableOf(*given[1]);
  if (!variable || given[0]->value.isPoison() || given[2]->value.isPoison())
    return {};
  NodeRef direction = arithmetic.asPointwise(given[2]->value, given[2]->range);
  if (!direction)
    return {};
  if (variable->type.isField() && !direction->type.isField() &&
      direction->type.element != ElementKind::Bool)
    direction = nodes.likeField(variable->type, nodes.toReal(direction));
  bool fits = direction->type.element != ElementKind::Bool &&
              direction->type.grid == variable->type.grid &&
              haveSameRows(direction->type, variable->type);
  if (!fits) {
    reporter.error(Error::WrongKind, given[2]->range,
                   "a direction like what is differentiated by, " +
                       describe(variable->type),
                   describe(direction->type));
    return {};
  }
  return along(*given[0], variable, nodes.toReal(direction), range);
}
