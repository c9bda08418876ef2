//===- States.cpp - fields that obey a rule -------------------------------===//

#include "compiler/check/States.h"

using namespace pdec;

NodeRef States::asState(const NodeRef &field, RuleRef rule, SourceRange range) {
  if (field->type.element != ElementKind::Real || hasRows(field->type))
    return field;
  if (linearDepth > 0)
    rule = rules.homogeneous(rule);
  if (beyond.isFieldOf(field, rule))
    return field;
  return declared(field, std::move(rule), range);
}

NodeRef States::declared(const NodeRef &field, RuleRef rule,
                         SourceRange range) {
  if (field->type.element != ElementKind::Real)
    return field;
  if (linearDepth > 0)
    rule = rules.homogeneous(rule);
  Node node;
  node.kind = NodeKind::State;
  node.type = field->type;
  node.range = range;
  node.args = {field};
  node.rule = std::move(rule);
  return nodes.make(std::move(node));
}

Value States::asStates(const Value &value, SourceRange range,
                       const std::function<RuleRef(const NodeRef &)> &ruleOf) {
  if (value.isList()) {
    std::vector<Value> elements;
    for (const Value &element : *value.list)
      elements.push_back(asStates(element, range, ruleOf));
    return Value::ofList(std::move(elements));
  }
  bool isField = value.kind == Value::Kind::Axis ||
                 (value.node && value.node->type.isField());
  if (!isField)
    return value;
  NodeRef field = arithmetic.asPointwise(value, range);
  return field ? Value(asState(field, ruleOf(field), range)) : Value();
}

Value States::asVariable(const Value &value, SourceRange range) {
  return asStates(value, range, [this](const NodeRef &field) {
    return beyond.ruleOfStart(field);
  });
}

Value States::zerosLike(const Value &value, SourceRange range) {
  if (value.isList()) {
    std::vector<Value> elements;
    for (const Value &element : *value.list)
      elements.push_back(zerosLike(element, range));
    return Value::ofList(std::move(elements));
  }
  if (!value.node || !value.node->type.isField())
    return value;
  NodeRef zero = nodes.likeField(value.node->type, nodes.real(0, range));
  return asState(zero, beyond.ruleOfStart(value.node), range);
}

RuleRef States::ruleOfArgument(const NodeRef &field, const RuleRef &given) {
  const Grid *grid = field->type.grid;
  RuleRef own = beyond.ruleOfArgument(field);
  if (grid->isFewer())
    return own && own->grid == grid ? own : rules.ofGrid(grid);
  bool isError = given && given->grid != grid && own && own->base;
  RuleRef rule = given && !isError ? given : own;
  if (!rule && stepRule && stepRule->grid == grid)
    rule = stepRule;
  if (!rule)
    return rules.ofGrid(grid);
  // On a coarser grid of the same hierarchy.
  std::vector<const Grid *> way;
  for (const Grid *at = grid; at && at != rule->grid; at = at->parent)
    way.push_back(at);
  if (!way.empty() && way.back()->parent != rule->grid)
    return rules.ofGrid(grid);
  for (auto at = way.rbegin(); at != way.rend(); ++at)
    rule = rules.coarser(rule, *at);
  return rule;
}
