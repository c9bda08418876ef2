//===- Gradients.cpp - derivatives of numbers -----------------------------===//

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
  NodeRef node = arithmetic.asPointwise(variable.value, variable.range);
  if (!node || !isVariable(node, variable))
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
