//===- ApplyOperator.cpp - operators applied to fields --------------------===//

#include "compiler/check/Operators.h"

#include <algorithm>
#include <set>

using namespace pdec;

Type pdec::cellsOf(const Grid *grid) {
  Type type;
  type.grid = grid;
  type.low.assign(grid->axes.size(), 0);
  type.high.assign(grid->axes.size(), 0);
  return type;
}

NodeRef OperatorAlgebra::stencilNode(NodeKind kind, const Operator &a,
                                     const NodeRef &field, Type type,
                                     SourceRange range) {
  Node node;
  node.kind = kind;
  node.type = std::move(type);
  node.range = range;
  node.args = {field};
  node.stencil = a.stencil;
  return nodes.make(std::move(node));
}

static bool isZero(const std::vector<int> &rows) {
  return std::all_of(rows.begin(), rows.end(), [](int n) { return n == 0; });
}

/// Whether the slope of a field at a neumann side follows from those of the
/// fields that it is made of: sums and multiples of them.
static bool hasSlope(const NodeRef &node, std::set<const Node *> &seen) {
  bool isLeaf = !node->type.isField() || node->kind < NodeKind::ToReal ||
                node->kind > NodeKind::Select;
  if (isLeaf || !seen.insert(node.get()).second)
    return true;
  bool isSum = node->kind == NodeKind::Neg || node->kind == NodeKind::Add ||
               node->kind == NodeKind::Sub;
  bool isMultiple =
      (node->kind == NodeKind::Mul &&
       !(node->args[0]->type.isField() && node->args[1]->type.isField())) ||
      (node->kind == NodeKind::Div && !node->args[1]->type.isField());
  return (isSum || isMultiple) &&
         std::all_of(node->args.begin(), node->args.end(),
                     [&](const NodeRef &arg) { return hasSlope(arg, seen); });
}

/// Whether a slope is given at a side. A slope of zero is a reflecting side.
static bool hasSlopes(const Grid &grid) {
  auto isGiven = [](const Side &side) {
    return side.kind == BoundaryKind::Neumann &&
           !(isConstant(side.value) && constantValue(side.value) == 0);
  };
  return std::any_of(grid.axes.begin(), grid.axes.end(), [&](const Axis &axis) {
    return isGiven(axis.low) || isGiven(axis.high);
  });
}

bool OperatorAlgebra::checkSlopes(const Grid &grid, const NodeRef &field,
                                  SourceRange range) {
  std::set<const Node *> seen;
  if (!hasSlopes(grid) || hasSlope(field, seen))
    return true;
  reporter.error(Error::NoSlope, range)
      .note(field->range, "the field comes from here")
      .help("apply the operator to the field itself, as in laplace(u)");
  return false;
}

NodeRef OperatorAlgebra::applyPure(const Operator &a, const NodeRef &field,
                                   SourceRange range) {
  if (!isZero(field->type.low) || !isZero(field->type.high)) {
    reporter.error(Error::FieldOnFaces, range)
        .note(field->range, "the field comes from here")
        .help(
            "the adjoint of an operator leads from faces to cells: -D'(D(u))");
    return nullptr;
  }
  if (!checkSlopes(*a.grid, field, range))
    return nullptr;
  Type type = cellsOf(a.grid);
  type.low = a.low;
  type.high = a.high;
  return stencilNode(NodeKind::Apply, a, field, type, range);
}

NodeRef OperatorAlgebra::applyAdjoint(const Operator &a, const NodeRef &field,
                                      SourceRange range) {
  if (field->type.low != a.low || field->type.high != a.high) {
    reporter.error(Error::AdjointRows, range)
        .note(field->range, "the field comes from here")
        .help("apply the adjoint to what its operator gives: D'(Phi(D(u)))");
    return nullptr;
  }
  if (hasSlopes(*a.grid)) {
    reporter.error(Error::AdjointAtNeumann, range);
    return nullptr;
  }
  return stencilNode(NodeKind::Adjoint, a, field, cellsOf(a.grid), range);
}

NodeRef OperatorAlgebra::apply(const Operator &a, const NodeRef &field,
                               SourceRange range) {
  if (!field || nodes.isExhausted())
    return nullptr;
  switch (a.kind) {
  case Operator::Kind::Pure:
    return applyPure(a, field, range);
  case Operator::Kind::Adjoint:
    return applyAdjoint(a, field, range);
  case Operator::Kind::Product:
    return apply(*a.first, apply(*a.second, field, range), range);
  case Operator::Kind::Sum:
    return nodes.binary(NodeKind::Add, apply(*a.first, field, range),
                        apply(*a.second, field, range), range);
  case Operator::Kind::Scaled:
    return nodes.binary(NodeKind::Mul, a.factor, apply(*a.first, field, range),
                        range);
  case Operator::Kind::Stack:
  case Operator::Kind::Row:
  case Operator::Kind::Generic:
    break; // the caller has made fields and parts of them
  }
  return nullptr;
}
