//===- Operators.cpp - the algebra of linear operators --------------------===//

#include "compiler/check/Operators.h"

#include <algorithm>
#include <map>

using namespace pdec;

//===----------------------------------------------------------------------===//
// Stencils
//===----------------------------------------------------------------------===//

/// Makes a stencil from taps sorted by offset. Constant zeros are dropped, but
/// one tap always stays.
OperatorRef OperatorAlgebra::pure(const Operator &like, const Taps &taps,
                                  NodeRef scale, SourceRange range) {
  auto result = std::make_shared<Stencil>();
  for (const auto &[offset, weight] : taps) {
    if (!weight)
      return nullptr;
    if (!isConstant(weight) || weight->number != 0)
      result->taps.push_back({{offset}, weight});
  }
  if (result->taps.empty())
    result->taps.push_back({{taps[0].first}, taps[0].second});
  if (result->taps.size() > size_t(maxTaps)) {
    reporter.error(Error::TooManyTaps, range, maxTaps);
    return nullptr;
  }
  bool isOne = isConstant(scale) && constantValue(scale) == 1;
  if (!isOne)
    result->scale = std::move(scale);
  auto op = std::make_shared<Operator>();
  op->grid = like.grid;
  op->axis = like.axis;
  op->stencil = std::move(result);
  return op;
}

OperatorRef OperatorAlgebra::stencil(const Grid *grid, int axis,
                                     std::vector<NodeRef> weights, int first,
                                     NodeRef scale, SourceRange range) {
  Operator like;
  like.grid = grid;
  like.axis = axis;
  Taps taps;
  for (size_t i = 0; i < weights.size(); ++i)
    taps.emplace_back(first + int(i), nodes.toReal(weights[i]));
  return pure(like, taps, std::move(scale), range);
}

/// The product of two scalars, of which null means 1.
NodeRef OperatorAlgebra::times(const NodeRef &a, const NodeRef &b,
                               SourceRange range) {
  if (!a || !b)
    return nodes.toReal(a ? a : b);
  // Plain weights stay plain: 1*w is w, and -1*w is -w, exactly.
  for (const auto &[factor, other] : {std::pair(a, b), std::pair(b, a)}) {
    if (!isConstant(factor))
      continue;
    double value = constantValue(factor);
    if (value == 1)
      return nodes.toReal(other);
    if (value == -1)
      return nodes.unary(NodeKind::Neg, nodes.toReal(other), range);
  }
  return nodes.binary(NodeKind::Mul, nodes.toReal(a), nodes.toReal(b), range);
}

OperatorRef OperatorAlgebra::mergedSum(const Operator &a, const Operator &b,
                                       SourceRange range) {
  NodeRef scaleA = a.stencil->scale, scaleB = b.stencil->scale;
  bool common = sameScalar(scaleA, scaleB);
  std::map<int, NodeRef> sum;
  auto add = [&](const Stencil &stencil) {
    for (const Stencil::Tap &tap : stencil.taps) {
      NodeRef weight =
          common ? tap.weight : times(stencil.scale, tap.weight, range);
      NodeRef &entry = sum[tap.offset[0]];
      entry =
          entry ? nodes.binary(NodeKind::Add, entry, weight, range) : weight;
    }
  };
  add(*a.stencil);
  add(*b.stencil);
  return pure(a, Taps(sum.begin(), sum.end()), common ? scaleA : nullptr,
              range);
}

OperatorRef OperatorAlgebra::mergedProduct(const Operator &a, const Operator &b,
                                           SourceRange range) {
  std::map<int, NodeRef> product;
  // Offsets are bounded by the number of taps times the largest offset given,
  // which keeps them far from the ends of int.
  for (const Stencil::Tap &left : a.stencil->taps) {
    for (const Stencil::Tap &right : b.stencil->taps) {
      NodeRef weight = times(left.weight, right.weight, range);
      if (!weight)
        return nullptr;
      NodeRef &entry = product[left.offset[0] + right.offset[0]];
      entry =
          entry ? nodes.binary(NodeKind::Add, entry, weight, range) : weight;
    }
  }
  for (const auto &[offset, weight] : product) {
    if (std::abs(offset) <= maxOffset)
      continue;
    reporter.error(Error::BadOffset, range, maxOffset);
    return nullptr;
  }
  NodeRef scale = a.stencil->scale || b.stencil->scale
                      ? times(a.stencil->scale, b.stencil->scale, range)
                      : nullptr;
  return pure(a, Taps(product.begin(), product.end()), scale, range);
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

static bool isPure(const OperatorRef &op) {
  return op->kind == Operator::Kind::Pure;
}

OperatorRef OperatorAlgebra::compound(Operator::Kind kind, const OperatorRef &a,
                                      const OperatorRef &b, NodeRef factor,
                                      SourceRange range) {
  auto result = std::make_shared<Operator>();
  result->kind = kind;
  result->grid = a->grid;
  result->axis = a->axis;
  result->first = a;
  result->second = b;
  result->factor = std::move(factor);
  result->size = 1 + a->size + (b ? b->size : 0);
  if (result->size > maxSize) {
    reporter.error(Error::OperatorTooLarge, range, maxSize);
    return nullptr;
  }
  return result;
}

bool OperatorAlgebra::sameAxis(const OperatorRef &a, const OperatorRef &b,
                               SourceRange range) {
  if (a->grid == b->grid && a->axis == b->axis)
    return true;
  reporter.error(Error::DifferentAxes, range);
  return false;
}

OperatorRef OperatorAlgebra::sum(const OperatorRef &a, const OperatorRef &b,
                                 SourceRange range) {
  if (!a || !b || !sameAxis(a, b, range))
    return nullptr;
  if (isPure(a) && isPure(b))
    return mergedSum(*a, *b, range);
  return compound(Operator::Kind::Sum, a, b, nullptr, range);
}

OperatorRef OperatorAlgebra::scaled(const OperatorRef &a, NodeRef factor,
                                    SourceRange range) {
  if (!a || !factor)
    return nullptr;
  if (!isPure(a))
    return compound(Operator::Kind::Scaled, a, nullptr,
                    nodes.toReal(std::move(factor)), range);
  Taps taps;
  for (const Stencil::Tap &tap : a->stencil->taps)
    taps.emplace_back(tap.offset[0], tap.weight);
  return pure(*a, taps, times(factor, a->stencil->scale, range), range);
}

OperatorRef OperatorAlgebra::negated(const OperatorRef &a, SourceRange range) {
  if (!a)
    return nullptr;
  if (!isPure(a))
    return scaled(a, nodes.real(-1, range), range);
  Taps taps;
  for (const Stencil::Tap &tap : a->stencil->taps)
    taps.emplace_back(tap.offset[0],
                      nodes.unary(NodeKind::Neg, tap.weight, range));
  return pure(*a, taps, a->stencil->scale, range);
}

OperatorRef OperatorAlgebra::product(const OperatorRef &a, const OperatorRef &b,
                                     SourceRange range) {
  if (!a || !b || !sameAxis(a, b, range))
    return nullptr;
  if (isPure(a) && isPure(b))
    return mergedProduct(*a, *b, range);
  return compound(Operator::Kind::Product, a, b, nullptr, range);
}

OperatorRef OperatorAlgebra::power(const OperatorRef &a, int64_t exponent,
                                   SourceRange range) {
  OperatorRef result =
      stencil(a->grid, a->axis, {nodes.real(1, range)}, 0, nullptr, range);
  if (exponent > 0)
    result = a;
  for (int64_t i = 1; result && i < exponent; ++i)
    result = product(result, a, range);
  return result;
}

OperatorRef OperatorAlgebra::adjoint(const OperatorRef &a, SourceRange range) {
  if (!a)
    return nullptr;
  switch (a->kind) {
  case Operator::Kind::Pure:
  case Operator::Kind::Adjoint: {
    auto result = std::make_shared<Operator>(*a);
    result->kind = isPure(a) ? Operator::Kind::Adjoint : Operator::Kind::Pure;
    return result;
  }
  case Operator::Kind::Product: // (A*B)' = B'*A'
    return product(adjoint(a->second, range), adjoint(a->first, range), range);
  case Operator::Kind::Sum:
    return sum(adjoint(a->first, range), adjoint(a->second, range), range);
  case Operator::Kind::Scaled:
    return scaled(adjoint(a->first, range), a->factor, range);
  }
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Application
//===----------------------------------------------------------------------===//

/// ceil(x/2) for any sign.
static int halfRoundedUp(int x) { return x >= 0 ? (x + 1) / 2 : -(-x / 2); }

Type pdec::resultType(const Operator &op) {
  Type type;
  type.grid = op.grid;
  type.low.assign(op.grid->axes.size(), 0);
  type.high.assign(op.grid->axes.size(), 0);
  // The centre of the stencil is where its value lives, half a cell off for
  // one-sided differences.
  int twiceCentre = op.stencil->taps.front().offset[op.axis] +
                    op.stencil->taps.back().offset[op.axis];
  const Axis &axis = op.grid->axes[op.axis];
  if (axis.low.kind == BoundaryKind::Dirichlet)
    type.low[op.axis] = std::max(0, halfRoundedUp(twiceCentre));
  if (axis.high.kind == BoundaryKind::Dirichlet)
    type.high[op.axis] = std::max(0, halfRoundedUp(-twiceCentre));
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
  node.axis = a.axis;
  return nodes.make(std::move(node));
}

static bool isZero(const std::vector<int> &rows) {
  return std::all_of(rows.begin(), rows.end(), [](int n) { return n == 0; });
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
  return stencilNode(NodeKind::Apply, a, field, resultType(a), range);
}

NodeRef OperatorAlgebra::applyAdjoint(const Operator &a, const NodeRef &field,
                                      SourceRange range) {
  Type rows = resultType(a);
  if (field->type.low != rows.low || field->type.high != rows.high) {
    reporter.error(Error::AdjointRows, range)
        .note(field->range, "the field comes from here")
        .help("apply the adjoint to what its operator gives: D'(Phi(D(u)))");
    return nullptr;
  }
  Type type = rows;
  std::fill(type.low.begin(), type.low.end(), 0);
  std::fill(type.high.begin(), type.high.end(), 0);
  return stencilNode(NodeKind::Adjoint, a, field, type, range);
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
  }
  return nullptr;
}
