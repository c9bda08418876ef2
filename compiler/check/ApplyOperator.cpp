//===- ApplyOperator.cpp - operators applied to fields --------------------===//
//
// What an operator reads beyond a side is decided here, once, when it is
// applied: each node that applies a stencil carries the rule that continues its
// argument (Node::continuation), and the rule of its own result, which is
// homogeneous: a rate vanishes where a given value does not change.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Operators.h"

#include <algorithm>

using namespace pdec;

/// The result is a rate of the fields that the operator continues.
NodeRef OperatorAlgebra::stencilNode(NodeKind kind,
                                     std::shared_ptr<const Stencil> stencil,
                                     const NodeRef &field, Type type,
                                     RuleRef continuation, SourceRange range) {
  Node node;
  node.kind = kind;
  node.type = std::move(type);
  node.range = range;
  node.args = {field};
  node.stencil = std::move(stencil);
  RuleRef family = continuation ? continuation : beyond.ruleOfStart(field);
  node.rule = rules.homogeneous(family);
  node.continuation = std::move(continuation);
  return nodes.make(std::move(node));
}

/// Whether a stencil reads beyond a side, from any row of its result.
static bool readsBeyond(const Operator &a, size_t axis, bool isHigh) {
  const std::vector<int> &rows = isHigh ? a.high : a.low;
  return std::any_of(a.stencil->taps.begin(), a.stencil->taps.end(),
                     [&](const Stencil::Tap &tap) {
                       int offset = tap.offset[axis];
                       return rows[axis] + (isHigh ? offset : -offset) > 0;
                     });
}

/// The first side at which it matters what an argument is beyond it: "dirichlet
/// side of x"; empty if there is none.
static std::string sideThatMatters(const Operator &a) {
  for (size_t i = 0; i < a.grid->axes.size(); ++i)
    for (bool isHigh : {false, true}) {
      const Axis &axis = a.grid->axes[i];
      BoundaryKind kind = isHigh ? axis.high.kind : axis.low.kind;
      if (!isCopying(kind) && readsBeyond(a, i, isHigh))
        return std::string(isHigh ? "high" : "low") + " side of " + axis.name;
    }
  return "";
}

/// Only where it makes a difference: with copying rules, or without taps
/// beyond, every answer gives the same.
void OperatorAlgebra::askWhatIsBeyond(const Operator &a, const NodeRef &field,
                                      SourceRange range) {
  std::string side = sideThatMatters(a);
  if (side.empty())
    return;
  const Grid *root = a.grid;
  while (root->parent)
    root = root->parent;
  const std::string &grid = root->name;
  reporter.error(Error::UnclearBeyond, range, side)
      .note(field->range, "it combines fields with what operators made of them")
      .help(
          "if it is a state, as a stage of a time step, name it so: let v on " +
          grid + " = ...")
      .help("if it is a quantity of its own, give its rule: let v on " + grid +
            ", boundary neumann 0 = ...");
}

/// Whether a field has no rows beyond the cells; else that is an error.
bool OperatorAlgebra::isOnCells(const NodeRef &field, SourceRange range) {
  if (!hasRows(field->type))
    return true;
  reporter.error(Error::FieldOnFaces, range)
      .note(field->range, "the field comes from here")
      .help("the adjoint of an operator leads from faces to cells: -D'(D(u))");
  return false;
}

NodeRef OperatorAlgebra::applyPure(const Operator &a, const NodeRef &field,
                                   SourceRange range) {
  if (!isOnCells(field, range))
    return nullptr;
  Continuation continuation = beyond.continuationOf(field);
  if (continuation.kind == Continuation::Unclear && !isLenient)
    askWhatIsBeyond(a, field, range);
  Type type = cellsOf(a.grid);
  type.low = a.low;
  type.high = a.high;
  return stencilNode(NodeKind::Apply, a.stencil, field, type, continuation.rule,
                     range);
}

static bool hasRowsOf(const Operator &a, const Type &type) {
  return type.low == a.low && type.high == a.high;
}

/// What a field lacks that an adjoint cannot be applied to.
static std::string helpForRows(const Operator &a, const NodeRef &field) {
  bool isFactorOnCells = std::any_of(
      field->args.begin(), field->args.end(), [&](const NodeRef &arg) {
        return arg->type.isField() && hasRowsOf(a, arg->type);
      });
  if (isFactorOnCells)
    return "what its operator gives has rows on the sides, but not what it is "
           "combined with: take means on the faces, as in D'(M(k)*D(u)) with M "
           "= stencil(x, [1, 1])/2, or declare input k on X, faces D";
  return "apply the adjoint to what its operator gives: D'(Phi(D(u)))";
}

NodeRef OperatorAlgebra::applyAdjoint(const Operator &a, const NodeRef &field,
                                      SourceRange range) {
  if (!hasRowsOf(a, field->type)) {
    reporter.error(Error::AdjointRows, range)
        .note(field->range, "the field comes from here")
        .help(helpForRows(a, field));
    return nullptr;
  }
  RuleRef rule = beyond.ruleOfAdjoint(field);
  if (!rule) {
    reporter.error(Error::AdjointUnclear, range)
        .note(field->range, "the field comes from here");
    return nullptr;
  }
  return stencilNode(NodeKind::Adjoint, a.stencil, field, cellsOf(a.grid), rule,
                     range);
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
    // From right to left, as products of matrices.
    return apply(*a.first, apply(*a.second, field, range), range);
  case Operator::Kind::Sum:
    return nodes.binary(NodeKind::Add, apply(*a.first, field, range),
                        apply(*a.second, field, range), range);
  case Operator::Kind::Scaled:
    return nodes.binary(NodeKind::Mul, a.factor, apply(*a.first, field, range),
                        range);
  case Operator::Kind::Extremum:
    return applyExtremum(a, field, range);
  case Operator::Kind::Stack:
  case Operator::Kind::Row:
  case Operator::Kind::Channels:
  case Operator::Kind::Generic:
    break; // the caller has made fields and parts of them
  }
  return nullptr;
}
