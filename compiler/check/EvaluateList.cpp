//===- EvaluateList.cpp - systems of fields and vector fields -------------===//
//
// Lists are values of the script only: what works on numbers and fields works
// on lists of them entry by entry, and on a list and a number with each entry.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Evaluator.h"

#include <utility>

using namespace pdec;

bool Evaluator::flatten(const Value &value, SourceRange range,
                        std::vector<NodeRef> &leaves) {
  if (!value.isList()) {
    leaves.push_back(asPointwise(value, range));
    return leaves.back() != nullptr;
  }
  for (const Value &element : *value.list)
    if (!flatten(element, range, leaves))
      return false;
  return true;
}

Value Evaluator::rebuild(const Value &shape, const std::vector<NodeRef> &leaves,
                         size_t &next) {
  if (!shape.isList())
    return leaves[next++];
  std::vector<Value> elements;
  for (const Value &element : *shape.list)
    elements.push_back(rebuild(element, leaves, next));
  return Value::ofList(std::move(elements));
}

NodeRef Evaluator::asState(const NodeRef &field, RuleRef rule,
                           SourceRange range) {
  if (field->type.element != ElementKind::Real || hasRows(field->type))
    return field;
  if (linearDepth > 0)
    rule = rules.homogeneous(rule);
  if (beyond.isFieldOf(field, rule))
    return field;
  Node node;
  node.kind = NodeKind::State;
  node.type = field->type;
  node.range = range;
  node.args = {field};
  node.rule = std::move(rule);
  return nodes.make(std::move(node));
}

Value Evaluator::asStates(
    const Value &value, SourceRange range,
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
  NodeRef field = asPointwise(value, range);
  return field ? Value(asState(field, ruleOf(field), range)) : Value();
}

Value Evaluator::asVariable(const Value &value, SourceRange range) {
  return asStates(value, range, [this](const NodeRef &field) {
    return beyond.ruleOfStart(field);
  });
}

Value Evaluator::arithmetic(NodeKind kind, const Value &a, const Value &b,
                            SourceRange range) {
  if (a.isPoison() || b.isPoison())
    return {};
  if (!a.isList() && !b.isList()) {
    NodeRef left = asPointwise(a, range), right = asPointwise(b, range);
    if (!left || !right || !sameGrid(left, right, range))
      return {};
    return nodes.binary(kind, std::move(left), std::move(right), range);
  }
  size_t size = a.isList() ? a.list->size() : b.list->size();
  if (a.isList() && b.isList() && b.list->size() != size) {
    reporter.error(Error::WrongKind, range, "lists of the same length",
                   counted(size, "entry") + " and " +
                       counted(b.list->size(), "entry"));
    return {};
  }
  std::vector<Value> elements;
  for (size_t i = 0; i < size; ++i) {
    elements.push_back(arithmetic(kind, a.isList() ? (*a.list)[i] : a,
                                  b.isList() ? (*b.list)[i] : b, range));
    if (elements.back().isPoison())
      return {};
  }
  return Value::ofList(std::move(elements));
}

/// The pointwise inner product: the sum of the products of the entries.
Value Evaluator::inner(const Value &a, const Value &b, SourceRange range) {
  Value products = arithmetic(NodeKind::Mul, a, b, range);
  if (!products.isList())
    return products;
  Value sum = (*products.list)[0];
  for (size_t i = 1; i < products.list->size(); ++i)
    sum = arithmetic(NodeKind::Add, sum, (*products.list)[i], range);
  return sum;
}

//===----------------------------------------------------------------------===//
// Operators on fields and lists
//===----------------------------------------------------------------------===//

/// The grid of the first field in a value.
static const Grid *gridOf(const Value &value) {
  if (value.kind == Value::Kind::Axis)
    return value.grid;
  if (value.node)
    return value.node->type.grid;
  if (value.isList())
    for (const Value &element : *value.list)
      if (const Grid *grid = gridOf(element))
        return grid;
  return nullptr;
}

Value Evaluator::apply(const OperatorRef &op, const Value &value,
                       SourceRange range) {
  if (!op || value.isPoison())
    return {};
  const Grid *grid = gridOf(value);
  OperatorRef bound = grid ? onGridOf(op, grid, range) : op;
  if (!bound)
    return {};
  if (bound->kind == Operator::Kind::Row) {
    size_t size = bound->parts.size();
    if (!value.isList() || value.list->size() != size) {
      reporter.error(Error::OperatorNeedsList, range, size,
                     value.isList()
                         ? "one of " + std::to_string(value.list->size())
                         : describe(value));
      return {};
    }
    Value sum;
    for (size_t i = 0; i < size; ++i) {
      Value term = apply(bound->parts[i], (*value.list)[i], range);
      sum = i ? arithmetic(NodeKind::Add, sum, term, range) : term;
    }
    return sum;
  }
  if (value.isList()) {
    std::vector<Value> elements;
    for (const Value &element : *value.list) {
      elements.push_back(apply(bound, element, range));
      if (elements.back().isPoison())
        return {};
    }
    return Value::ofList(std::move(elements));
  }
  NodeRef field = asPointwise(value, range);
  if (!field)
    return {};
  if (!field->type.isField() || field->type.element != ElementKind::Real) {
    reporter.error(Error::WrongKind, range, "a field", describe(value));
    return {};
  }
  if (bound->kind != Operator::Kind::Stack)
    return operators.apply(*bound, field, range);
  std::vector<Value> elements;
  for (const OperatorRef &part : bound->parts) {
    elements.push_back(operators.apply(*part, field, range));
    if (elements.back().isPoison())
      return {};
  }
  return Value::ofList(std::move(elements));
}

//===----------------------------------------------------------------------===//
// Parts that a scheme holds
//===----------------------------------------------------------------------===//

/// freeze(e) is e, unless the function in which it stands is held.
Value Evaluator::freeze(const Value &value) {
  if (!holding)
    return value;
  if (holding->noted) {
    holding->noted->push_back(value);
    return value;
  }
  bool isKnown = holding->next < holding->given->size();
  return isKnown ? (*holding->given)[holding->next++] : value;
}

/// hold(R, u) is R in which each freeze(e) has the value that it has for u.
Value Evaluator::hold(const std::vector<const Given *> &given,
                      SourceRange range) {
  const Value &function = given[0]->value;
  // An operator has nothing in it that could be frozen.
  if (function.isOperator())
    return function;
  if (function.kind != Value::Kind::Closure) {
    reporter.error(Error::WrongKind, given[0]->range,
                   "a function or an operator", describe(function));
    return {};
  }
  auto noted = std::make_shared<std::vector<Value>>();
  Holding noting{noted.get(), nullptr, 0};
  Holding *outer = std::exchange(holding, &noting);
  Value now = callValue(function, given[1]->value, range);
  holding = outer;
  if (now.isPoison())
    return {};
  auto result = std::make_shared<Closure>(*function.closure);
  result->held = std::move(noted);
  Value held = Value(ClosureRef(result));
  held.received = function.received;
  return held;
}

//===----------------------------------------------------------------------===//
// Functions of states
//===----------------------------------------------------------------------===//

/// Whether no side says what a field is, but at most its slope: then fields
/// that differ by a constant obey the same rule.
Value Evaluator::closed(const Given &given, SourceRange range) {
  std::vector<NodeRef> leaves;
  if (!flatten(given.value, given.range, leaves))
    return {};
  bool isClosed = true;
  for (const NodeRef &leaf : leaves) {
    if (!leaf->type.isField()) {
      reporter.error(Error::WrongKind, given.range, "a field",
                     describe(leaf->type));
      return {};
    }
    for (const Rule::AxisSides &axis : beyond.ruleOfStart(leaf)->axes)
      for (const Side *side : {&axis.low, &axis.high})
        isClosed &= side->kind == BoundaryKind::Reflecting ||
                    side->kind == BoundaryKind::Periodic ||
                    side->kind == BoundaryKind::Neumann;
  }
  return nodes.boolean(isClosed, range);
}

/// linear(A) is A without its constant part.
Value Evaluator::linear(const Given &given) {
  Value result = given.value;
  if (result.kind != Value::Kind::Closure && !result.isOperator()) {
    reporter.error(Error::WrongKind, given.range, "a function or an operator",
                   describe(result));
    return {};
  }
  auto received = result.received ? std::make_shared<Received>(*result.received)
                                  : std::make_shared<Received>();
  received->isLinear = true;
  result.received = std::move(received);
  return result;
}
