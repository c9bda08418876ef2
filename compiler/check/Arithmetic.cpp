//===- Arithmetic.cpp - numbers, fields and lists of them -----------------===//
//
// Lists are values of the script only: what works on numbers and fields works
// on lists of them entry by entry, and on a list and a number with each entry.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Arithmetic.h"

#include <algorithm>

using namespace pdec;

NodeRef Arithmetic::asPointwise(const Value &value, SourceRange range) {
  if (value.kind == Value::Kind::Axis)
    return nodes.coordinate(value.grid, value.axis, range);
  if (value.kind == Value::Kind::Node)
    return value.node;
  if (value.isPoison())
    return nullptr;
  Diagnostic &error = reporter.error(Error::WrongKind, range,
                                     "a number or a field", describe(value));
  if (value.kind == Value::Kind::Closure || value.isOperator())
    error.help("apply it to its argument: f(u)");
  return nullptr;
}

NodeRef Arithmetic::asField(const Value &value, const Grid *grid,
                            SourceRange range, const std::string &what) {
  if (value.isPoison())
    return nullptr;
  NodeRef node;
  if (value.isPointwise())
    node = asPointwise(value, range);
  bool isNumber = node && node->type.element != ElementKind::Bool;
  if (isNumber && !node->type.isField() && grid) {
    return nodes.convert(node, cellsOf(grid));
  }
  if (!isNumber || !node->type.isField()) {
    Diagnostic &error =
        reporter.error(Error::NotAField, range, what, describe(value));
    if (value.isList() && value.list->size() > 1)
      error.help("take the list apart: let p, q = ...");
    else if (node)
      error.help("make numbers of it: if ... then 1 else 0");
    else if (value.isOperator())
      error.help("apply it to a field: K(u)");
    return nullptr;
  }
  return node;
}

bool Arithmetic::flatten(const Value &value, SourceRange range,
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

Value pdec::rebuild(const Value &shape, const std::vector<NodeRef> &leaves,
                    size_t &next) {
  if (!shape.isList())
    return leaves[next++];
  std::vector<Value> elements;
  for (const Value &element : *shape.list)
    elements.push_back(rebuild(element, leaves, next));
  return Value::ofList(std::move(elements));
}

bool pdec::isZero(const Value &value) {
  if (!value.isList())
    return value.node && isZeroField(value.node);
  return std::all_of(value.list->begin(), value.list->end(), isZero);
}

Value Arithmetic::entryByEntry(const std::vector<Value> &arguments,
                               SourceRange range, const Function &function) {
  const Value *longest = nullptr;
  for (const Value &argument : arguments) {
    if (argument.isPoison())
      return {};
    if (!argument.isList())
      continue;
    if (longest && longest->list->size() != argument.list->size()) {
      reporter.error(Error::WrongKind, range, "lists of the same length",
                     counted(longest->list->size(), "entry") + " and " +
                         counted(argument.list->size(), "entry"));
      return {};
    }
    longest = &argument;
  }
  if (!longest)
    return function(arguments);
  std::vector<Value> elements;
  for (size_t i = 0; i < longest->list->size(); ++i) {
    std::vector<Value> entries = arguments;
    for (Value &entry : entries)
      if (entry.isList())
        entry = Value((*entry.list)[i]);
    elements.push_back(entryByEntry(entries, range, function));
    if (elements.back().isPoison())
      return {};
  }
  return Value::ofList(std::move(elements));
}

Value Arithmetic::binary(NodeKind kind, const Value &a, const Value &b,
                         SourceRange range) {
  return entryByEntry({a, b}, range, [&](const std::vector<Value> &both) {
    NodeRef left = asPointwise(both[0], range);
    NodeRef right = asPointwise(both[1], range);
    if (!left || !right || !grids.sameGrid(left, right, range))
      return Value();
    return Value(nodes.binary(kind, std::move(left), std::move(right), range));
  });
}

/// The pointwise inner product: the sum of the products of the entries.
Value Arithmetic::inner(const Value &a, const Value &b, SourceRange range) {
  Value products = binary(NodeKind::Mul, a, b, range);
  if (!products.isList())
    return products;
  Value sum = (*products.list)[0];
  for (size_t i = 1; i < products.list->size(); ++i)
    sum = binary(NodeKind::Add, sum, (*products.list)[i], range);
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

/// A field for an operator, or null after an error.
NodeRef Arithmetic::asField(const Value &value, SourceRange range) {
  NodeRef field = asPointwise(value, range);
  if (!field)
    return nullptr;
  if (field->type.isField() && field->type.element == ElementKind::Real)
    return field;
  reporter.error(Error::WrongKind, range, "a field", describe(value));
  return nullptr;
}

/// One field is a list of one.
Value Arithmetic::applyChannels(const Operator &op, const Value &value,
                                SourceRange range) {
  const Channels &channels = *op.channels;
  size_t count = channels.isTransposed ? channels.out() : channels.in();
  std::vector<Value> given = {value};
  if (value.isList())
    given = *value.list;
  if (given.size() != count) {
    reporter.error(Error::OperatorNeedsList, range, count,
                   value.isList() ? "one of " + std::to_string(given.size())
                                  : describe(value));
    return {};
  }
  std::vector<NodeRef> fields;
  for (const Value &element : given) {
    NodeRef field = asField(element, range);
    if (!field ||
        !grids.sameGrid(fields.empty() ? field : fields[0], field, range))
      return {};
    fields.push_back(std::move(field));
  }
  std::vector<Value> made;
  for (NodeRef &field : operators.applyChannels(op, fields, range))
    made.push_back(std::move(field));
  if (made.empty())
    return {};
  return made.size() == 1 ? made[0] : Value::ofList(std::move(made));
}

Value Arithmetic::apply(const OperatorRef &op, const Value &value,
                        SourceRange range) {
  if (!op || value.isPoison())
    return {};
  const Grid *grid = gridOf(value);
  OperatorRef bound = grid ? grids.onGridOf(op, grid, range) : op;
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
      sum = i ? binary(NodeKind::Add, sum, term, range) : term;
    }
    return sum;
  }
  if (bound->kind == Operator::Kind::Channels)
    return applyChannels(*bound, value, range);
  if (value.isList()) {
    std::vector<Value> elements;
    for (const Value &element : *value.list) {
      elements.push_back(apply(bound, element, range));
      if (elements.back().isPoison())
        return {};
    }
    return Value::ofList(std::move(elements));
  }
  NodeRef field = asField(value, range);
  if (!field)
    return {};
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
