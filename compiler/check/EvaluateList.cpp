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

/// Whether a field's values beyond the sides are another matter than its own.
static bool needsLevel(const NodeRef &node) {
  if (!node || !node->type.isField() || node->type.element != ElementKind::Real)
    return false;
  for (size_t i = 0; i < node->type.low.size(); ++i)
    if (node->type.low[i] != 0 || node->type.high[i] != 0)
      return false;
  switch (node->kind) {
  case NodeKind::Input:
  case NodeKind::Level:
  case NodeKind::LoopArg:
  case NodeKind::LoopResult:
    return false;
  default:
    break;
  }
  for (const Axis &axis : node->type.grid->axes)
    for (const Side *side : {&axis.low, &axis.high})
      if (side->value)
        return true;
  return false;
}

Value Evaluator::asLevel(const Value &value, SourceRange range) {
  if (value.isList()) {
    std::vector<Value> elements;
    for (const Value &element : *value.list)
      elements.push_back(asLevel(element, range));
    return Value::ofList(std::move(elements));
  }
  if (value.kind != Value::Kind::Node || !needsLevel(value.node))
    return value;
  Node node;
  node.kind = NodeKind::Level;
  node.type = value.node->type;
  node.range = range;
  node.args = {value.node};
  return nodes.make(std::move(node));
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
  if (function.kind != Value::Kind::Closure) {
    reporter.error(Error::WrongKind, given[0]->range, "a function",
                   describe(function));
    return {};
  }
  auto noted = std::make_shared<std::vector<Value>>();
  Holding noting{noted.get(), nullptr, 0};
  Holding *outer = std::exchange(holding, &noting);
  Value now = call(function.closure, {given[1]->value}, range);
  holding = outer;
  if (now.isPoison())
    return {};
  auto result = std::make_shared<Closure>(*function.closure);
  result->held = std::move(noted);
  return Value(ClosureRef(result));
}
