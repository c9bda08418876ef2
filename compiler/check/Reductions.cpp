//===- Reductions.cpp - numbers of whole fields ---------------------------===//

#include "compiler/check/Reductions.h"

#include <algorithm>

using namespace pdec;

/// Null after an error.
NodeRef Reductions::reduce(ReductionKind kind, const NodeRef &a,
                           const NodeRef &b, SourceRange range) {
  if (!a || (kind == ReductionKind::Dot && !b))
    return nullptr;
  for (const NodeRef &field : {a, b}) {
    if (!field)
      continue;
    if (!field->type.isField() || field->type.element != ElementKind::Real) {
      reporter.error(Error::WrongKind, range, "a field", describe(field->type));
      return nullptr;
    }
  }
  if (b && !haveSameRows(a->type, b->type)) {
    reporter.error(Error::WrongKind, range, "fields with the same rows",
                   describe(a->type) + " and " + describe(b->type));
    return nullptr;
  }
  Node node;
  node.kind = NodeKind::Reduce;
  node.reduction = kind;
  node.range = range;
  node.args = {a};
  if (kind == ReductionKind::Dot)
    node.args.push_back(b);
  return nodes.make(std::move(node));
}

/// A number beside fields, as a state has it, is one cell more.
static bool isNumberAmong(const std::vector<NodeRef> &leaves, size_t i) {
  return leaves.size() > 1 && !leaves[i]->type.isField() &&
         leaves[i]->type.element != ElementKind::Bool;
}

NodeRef Reductions::norm(const Value &value, SourceRange range) {
  std::vector<NodeRef> fields;
  if (value.isPoison() || !arithmetic.flatten(value, range, fields))
    return nullptr;
  NodeRef sum;
  for (size_t i = 0; i < fields.size(); ++i) {
    NodeRef field = fields[i];
    bool isNumber = isNumberAmong(fields, i);
    if (isNumber)
      field = nodes.toReal(field);
    NodeRef square = isNumber ? nodes.binary(NodeKind::Mul, field, field, range)
                              : reduce(ReductionKind::Dot, field, field, range);
    sum = sum ? nodes.binary(NodeKind::Add, sum, square, range) : square;
  }
  return nodes.unary(NodeKind::Sqrt, sum, range);
}

NodeRef Reductions::changeOf(const std::vector<Value> &before,
                             const std::vector<Value> &after,
                             SourceRange range) {
  std::vector<NodeRef> olds, news;
  for (size_t i = 0; i < before.size(); ++i)
    if (!arithmetic.flatten(before[i], range, olds) ||
        !arithmetic.flatten(after[i], range, news))
      return nullptr;
  NodeRef result;
  for (size_t i = 0; i < olds.size(); ++i) {
    NodeRef difference = nodes.binary(NodeKind::Sub, news[i], olds[i], range);
    if (!difference)
      return nullptr;
    NodeRef part =
        difference->type.isField()
            ? reduce(ReductionKind::MaxAbs, difference, nullptr, range)
            : nodes.unary(NodeKind::Abs, nodes.toReal(difference), range);
    if (!part)
      return nullptr;
    result = result ? nodes.binary(NodeKind::Max, result, part, range) : part;
  }
  return result;
}

/// The number of elements of a field.
static NodeRef numElements(NodeBuilder &nodes, const Type &type,
                           SourceRange range) {
  NodeRef result;
  for (size_t i = 0; i < type.low.size(); ++i) {
    NodeRef node = nodes.gridSize(*type.grid, int(i), range);
    if (int rows = type.low[i] + type.high[i])
      node =
          nodes.binary(NodeKind::Add, node, nodes.integer(rows, range), range);
    result = result ? nodes.binary(NodeKind::Mul, result, node, range) : node;
  }
  return result;
}

/// Of all fields, as real.
NodeRef Reductions::numElements(const std::vector<NodeRef> &fields,
                                SourceRange range) {
  NodeRef result;
  for (const NodeRef &field : fields) {
    NodeRef number = ::numElements(nodes, field->type, range);
    result =
        result ? nodes.binary(NodeKind::Add, result, number, range) : number;
  }
  return nodes.toReal(result);
}

/// Of the fields of a list one by one.
Value Reductions::along(Builtin builtin, const Given &of, const Given &axis,
                        SourceRange range) {
  if (of.value.isPoison() || axis.value.isPoison())
    return {};
  if (axis.value.kind != Value::Kind::Axis) {
    Diagnostic &error = reporter.error(Error::WrongKind, axis.range, "an axis",
                                       describe(axis.value));
    if (axis.value.kind == Value::Kind::Node)
      error.help("a sum over two fields is that of their sums: sum(u) + "
                 "sum(v)");
    return {};
  }
  std::vector<NodeRef> fields;
  if (!arithmetic.flatten(of.value, of.range, fields))
    return {};
  for (NodeRef &field : fields) {
    field = alongAxis(builtin, field, axis.value, range);
    if (!field)
      return {};
  }
  size_t next = 0;
  return rebuild(of.value, fields, next);
}

/// Where no other axis is left, a number.
NodeRef Reductions::alongAxis(Builtin builtin, const NodeRef &field,
                              const Value &axis, SourceRange range) {
  const Grid *grid = field->type.grid;
  if (!grid || field->type.element != ElementKind::Real) {
    reporter.error(Error::WrongKind, range, "a field", describe(field->type));
    return nullptr;
  }
  const Grid *whole = grid;
  while (whole != axis.grid && whole->parent)
    whole = whole->parent;
  if (whole != axis.grid) {
    reporter.error(Error::GridMismatch, range, grid->name, axis.grid->name);
    return nullptr;
  }
  const Axis &own = grid->axes[axis.axis];
  if (grid->isSingle(axis.axis)) {
    reporter.error(Error::NoSuchAxis, range, grid->name, own.name);
    return nullptr;
  }
  if (builtin == Builtin::CumulativeSum)
    return grids.along(LineKind::Cumulate, field, axis.axis, range);
  bool isMin = builtin == Builtin::Min, isMax = builtin == Builtin::Max;
  bool isLast = true;
  for (size_t other = 0; other < grid->axes.size(); ++other)
    isLast &= int(other) == axis.axis || grid->isSingle(other);
  NodeRef result = isLast ? reduce(isMin   ? ReductionKind::Min
                                   : isMax ? ReductionKind::Max
                                           : ReductionKind::Sum,
                                   field, nullptr, range)
                          : grids.along(isMin   ? LineKind::Min
                                        : isMax ? LineKind::Max
                                                : LineKind::Sum,
                                        field, axis.axis, range);
  if (builtin != Builtin::Mean)
    return result;
  return nodes.binary(NodeKind::Div, result,
                      nodes.toReal(nodes.gridSize(*grid, axis.axis, range)),
                      range);
}

Value Reductions::call(Builtin builtin, const std::vector<const Given *> &given,
                       SourceRange range) {
  const Value &first = given[0]->value;
  if (builtin != Builtin::Dot && given.size() > 1 && given[1])
    return along(builtin, *given[0], *given[1], range);
  if (builtin == Builtin::Norm)
    return norm(first, range);
  std::vector<NodeRef> left, right;
  if (first.isPoison() || !arithmetic.flatten(first, given[0]->range, left))
    return {};
  if (builtin == Builtin::Dot) {
    if (given[1]->value.isPoison() ||
        !arithmetic.flatten(given[1]->value, given[1]->range, right))
      return {};
    // Entries are paired; more of one than of the other would be dropped
    // silently.
    if (left.size() != right.size()) {
      reporter.error(Error::WrongKind, range, "lists of the same length",
                     counted(left.size(), "entry") + " and " +
                         counted(right.size(), "entry"));
      return {};
    }
  }
  NodeRef result;
  for (size_t i = 0; i < left.size(); ++i) {
    NodeRef part;
    NodeKind join = NodeKind::Add;
    switch (builtin) {
    case Builtin::Dot:
      if (!grids.sameGrid(left[i], right[i], range))
        return {};
      part = reduce(ReductionKind::Dot, left[i], right[i], range);
      break;
    case Builtin::NormMax:
      part = isNumberAmong(left, i)
                 ? nodes.unary(NodeKind::Abs, nodes.toReal(left[i]), range)
                 : reduce(ReductionKind::MaxAbs, left[i], nullptr, range);
      join = NodeKind::Max;
      break;
    case Builtin::Min:
    case Builtin::Max:
      join = builtin == Builtin::Min ? NodeKind::Min : NodeKind::Max;
      part = reduce(builtin == Builtin::Min ? ReductionKind::Min
                                            : ReductionKind::Max,
                    left[i], nullptr, range);
      break;
    default:
      part = reduce(ReductionKind::Sum, left[i], nullptr, range);
    }
    if (!part)
      return {};
    // In the order of the list, which fixes the order of rounding.
    result = result ? nodes.binary(join, result, part, range) : part;
  }
  if (builtin == Builtin::Mean)
    return nodes.binary(NodeKind::Div, result, numElements(left, range), range);
  return result;
}
