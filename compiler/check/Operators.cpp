//===- Operators.cpp - the algebra of operators ---------------------------===//

#include "compiler/check/Operators.h"

#include "compiler/check/Extrema.h"
#include "compiler/support/Rows.h"

#include <algorithm>

using namespace pdec;

static bool isPure(const OperatorRef &op) {
  return op->kind == Operator::Kind::Pure;
}

static bool isVector(const OperatorRef &op) {
  return op->kind == Operator::Kind::Stack || op->kind == Operator::Kind::Row;
}

/// Between lists: such operators are applied, and no more.
static bool isOfChannels(const OperatorRef &op) {
  return op->kind == Operator::Kind::Channels;
}

//===----------------------------------------------------------------------===//
// Stencils
//===----------------------------------------------------------------------===//

/// The rows of what a stencil makes of a field on its grid.
static void findRows(Operator &op) {
  size_t rank = op.grid->axes.size();
  op.low.assign(rank, 0);
  op.high.assign(rank, 0);
  for (size_t i = 0; i < rank; ++i) {
    int first = op.stencil->taps.front().offset[i], last = first;
    for (const Stencil::Tap &tap : op.stencil->taps) {
      first = std::min(first, tap.offset[i]);
      last = std::max(last, tap.offset[i]);
    }
    const Axis &axis = op.grid->axes[i];
    if (axis.low.kind == BoundaryKind::Dirichlet)
      op.low[i] = int(rowsAtValue(first, last));
    if (axis.high.kind == BoundaryKind::Dirichlet)
      op.high[i] = int(rowsAtValue(-last, -first));
  }
}

static bool isZeroWeight(const NodeRef &weight) {
  return isConstant(weight) && weight->number == 0;
}

/// Whether the box around all other taps than zeros would be smaller without
/// this one.
static bool widensSpan(const std::vector<int> &offset,
                       const OperatorAlgebra::Taps &taps) {
  for (size_t i = 0; i < offset.size(); ++i) {
    bool below = true, above = true;
    for (const auto &[other, weight] : taps) {
      if (isZeroWeight(weight))
        continue;
      below &= offset[i] < other[i];
      above &= offset[i] > other[i];
    }
    if (below || above)
      return true;
  }
  return false;
}

/// Makes a stencil. Constant zeros are dropped, but one tap always stays, and
/// all on the edge if the span was given on purpose: the rows at dirichlet
/// sides follow from it.
OperatorRef OperatorAlgebra::pure(const Grid *grid, const Taps &taps,
                                  NodeRef scale, SourceRange range,
                                  bool keepsSpan) {
  auto result = std::make_shared<Stencil>();
  for (const auto &[offset, weight] : taps) {
    if (!weight)
      return nullptr;
    if (!isZeroWeight(weight) || (keepsSpan && widensSpan(offset, taps)))
      result->taps.push_back({offset, weight});
  }
  if (result->taps.empty())
    result->taps.push_back({taps.begin()->first, taps.begin()->second});
  if (result->taps.size() > size_t(maxTaps)) {
    reporter.error(Error::TooManyTaps, range, maxTaps);
    return nullptr;
  }
  bool isOne = isConstant(scale) && constantValue(scale) == 1;
  if (!isOne)
    result->scale = std::move(scale);
  auto op = std::make_shared<Operator>();
  op->grid = grid;
  op->stencil = std::move(result);
  findRows(*op);
  return op;
}

OperatorRef OperatorAlgebra::stencil(const Grid *grid, const Taps &taps,
                                     NodeRef scale, SourceRange range) {
  Taps real;
  for (const auto &[offset, weight] : taps)
    real[offset] = nodes.toReal(weight);
  return pure(grid, real, std::move(scale), range, /*keepsSpan=*/true);
}

OperatorRef OperatorAlgebra::stencil(const Grid *grid, int axis,
                                     const std::vector<NodeRef> &weights,
                                     int first, NodeRef scale,
                                     SourceRange range) {
  Taps taps;
  std::vector<int> offset(grid->axes.size(), 0);
  for (size_t i = 0; i < weights.size(); ++i) {
    offset[axis] = first + int(i);
    taps[offset] = weights[i];
  }
  return stencil(grid, taps, std::move(scale), range);
}

OperatorRef OperatorAlgebra::identity(const Grid *grid, SourceRange range) {
  auto make = [this, range](const Grid *on) {
    Taps taps;
    taps[std::vector<int>(on->axes.size(), 0)] = nodes.real(1, range);
    return pure(on, taps, nullptr, range);
  };
  return movable(make(grid), make);
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
  Taps sum;
  auto add = [&](const Stencil &stencil) {
    for (const Stencil::Tap &tap : stencil.taps) {
      NodeRef weight =
          common ? tap.weight : times(stencil.scale, tap.weight, range);
      NodeRef &entry = sum[tap.offset];
      entry =
          entry ? nodes.binary(NodeKind::Add, entry, weight, range) : weight;
    }
  };
  add(*a.stencil);
  add(*b.stencil);
  return pure(a.grid, sum, common ? scaleA : nullptr, range);
}

OperatorRef OperatorAlgebra::mergedProduct(const Operator &a, const Operator &b,
                                           SourceRange range) {
  Taps product;
  // Offsets are bounded by the number of taps times the largest offset given,
  // which keeps them far from the ends of int.
  for (const Stencil::Tap &left : a.stencil->taps) {
    for (const Stencil::Tap &right : b.stencil->taps) {
      NodeRef weight = times(left.weight, right.weight, range);
      if (!weight)
        return nullptr;
      std::vector<int> offset = left.offset;
      for (size_t i = 0; i < offset.size(); ++i)
        offset[i] += right.offset[i];
      NodeRef &entry = product[offset];
      entry =
          entry ? nodes.binary(NodeKind::Add, entry, weight, range) : weight;
    }
  }
  for (const auto &[offset, weight] : product) {
    for (int one : offset) {
      if (std::abs(one) <= maxOffset)
        continue;
      reporter.error(Error::BadOffset, range, maxOffset);
      return nullptr;
    }
  }
  NodeRef scale = a.stencil->scale || b.stencil->scale
                      ? times(a.stencil->scale, b.stencil->scale, range)
                      : nullptr;
  return pure(a.grid, product, scale, range);
}

//===----------------------------------------------------------------------===//
// Vector operators and operators for any grid
//===----------------------------------------------------------------------===//

/// Gives all parts the rows of all: what a flux couples must meet everywhere.
static void shareRows(std::vector<OperatorRef> &parts) {
  std::vector<int> low, high;
  for (const OperatorRef &part : parts) {
    low.resize(std::max(low.size(), part->low.size()), 0);
    high.resize(low.size(), 0);
    for (size_t i = 0; i < part->low.size(); ++i) {
      low[i] = std::max(low[i], part->low[i]);
      high[i] = std::max(high[i], part->high[i]);
    }
  }
  for (OperatorRef &part : parts) {
    if (!part->stencil || (part->low == low && part->high == high))
      continue;
    auto wide = std::make_shared<Operator>(*part);
    wide->low = low;
    wide->high = high;
    part = std::move(wide);
  }
}

OperatorRef OperatorAlgebra::stack(std::vector<OperatorRef> parts) {
  auto result = std::make_shared<Operator>();
  result->kind = Operator::Kind::Stack;
  for (const OperatorRef &part : parts) {
    if (!part)
      return nullptr;
    result->grid = part->grid;
    result->size += part->size;
  }
  result->parts = std::move(parts);
  shareRows(result->parts);
  return result;
}

OperatorRef
OperatorAlgebra::generic(std::function<OperatorRef(const Grid *)> on) {
  auto result = std::make_shared<Operator>();
  result->kind = Operator::Kind::Generic;
  result->on = std::move(on);
  return result;
}

OperatorRef
OperatorAlgebra::movable(const OperatorRef &made,
                         std::function<OperatorRef(const Grid *)> on) {
  if (!made)
    return nullptr;
  auto result = std::make_shared<Operator>(*made);
  result->on = std::move(on);
  return result;
}

OperatorRef OperatorAlgebra::mapped(const OperatorRef &a, const MakeOne &make) {
  if (!a)
    return nullptr;
  std::function<OperatorRef(const Grid *)> on;
  if (a->on)
    on = [a, make](const Grid *grid) { return make(a->on(grid)); };
  return a->grid ? movable(make(a), std::move(on)) : generic(std::move(on));
}

OperatorRef OperatorAlgebra::combine(const OperatorRef &a, const OperatorRef &b,
                                     const Make &make, SourceRange range) {
  if (!a || !b)
    return nullptr;
  std::function<OperatorRef(const Grid *)> on;
  if (a->on && b->on)
    on = [a, b, make](const Grid *grid) {
      return make(a->on(grid), b->on(grid));
    };
  if (!a->grid && !b->grid)
    return generic(std::move(on));
  const Grid *grid = a->grid ? a->grid : b->grid;
  if (a->grid && b->grid && a->grid != b->grid) {
    reporter.error(Error::DifferentAxes, range);
    return nullptr;
  }
  return movable(make(a->grid ? a : a->on(grid), b->grid ? b : b->on(grid)),
                 std::move(on));
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

OperatorRef OperatorAlgebra::compound(Operator::Kind kind, const OperatorRef &a,
                                      const OperatorRef &b, NodeRef factor,
                                      SourceRange range) {
  auto result = std::make_shared<Operator>();
  result->kind = kind;
  result->grid = a->grid;
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

/// A Stack or Row whose parts are `make` of those of `a`.
static OperatorRef
partwise(const Operator &a, Operator::Kind kind,
         const std::function<OperatorRef(const OperatorRef &)> &make) {
  auto result = std::make_shared<Operator>(a);
  result->kind = kind;
  for (OperatorRef &part : result->parts) {
    part = make(part);
    if (!part)
      return nullptr;
  }
  shareRows(result->parts);
  return result;
}

OperatorRef OperatorAlgebra::sumOf(const OperatorRef &a, const OperatorRef &b,
                                   SourceRange range) {
  if (!a || !b)
    return nullptr;
  if (!areLinear(a, b, "+", range))
    return nullptr;
  if (isOfChannels(a) || isOfChannels(b)) {
    reporter.error(Error::VectorOperators, range, "+")
        .help("apply each, and add what they give: A(u) + B(u)");
    return nullptr;
  }
  if (isVector(a) || isVector(b)) {
    if (a->kind != b->kind || a->parts.size() != b->parts.size()) {
      reporter.error(Error::VectorOperators, range, "+");
      return nullptr;
    }
    size_t next = 0;
    return partwise(*a, a->kind, [&](const OperatorRef &part) {
      return sumOf(part, b->parts[next++], range);
    });
  }
  if (isPure(a) && isPure(b))
    return mergedSum(*a, *b, range);
  return compound(Operator::Kind::Sum, a, b, nullptr, range);
}

OperatorRef OperatorAlgebra::sum(const OperatorRef &a, const OperatorRef &b,
                                 SourceRange range) {
  return combine(
      a, b,
      [this, range](const OperatorRef &first, const OperatorRef &second) {
        return sumOf(first, second, range);
      },
      range);
}

OperatorRef OperatorAlgebra::scaledOf(const OperatorRef &a, NodeRef factor,
                                      SourceRange range) {
  if (!a || !factor || !areLinear(a, a, "*", range))
    return nullptr;
  if (isOfChannels(a)) {
    reporter.error(Error::VectorOperators, range, "*")
        .help("multiply what it gives: 2*K(u)");
    return nullptr;
  }
  if (isVector(a))
    return partwise(*a, a->kind, [&](const OperatorRef &part) {
      return scaledOf(part, factor, range);
    });
  if (!isPure(a))
    return compound(Operator::Kind::Scaled, a, nullptr,
                    nodes.toReal(std::move(factor)), range);
  Taps taps;
  for (const Stencil::Tap &tap : a->stencil->taps)
    taps[tap.offset] = tap.weight;
  return pure(a->grid, taps, times(factor, a->stencil->scale, range), range);
}

OperatorRef OperatorAlgebra::scaled(const OperatorRef &a, const NodeRef &factor,
                                    SourceRange range) {
  if (!factor)
    return nullptr;
  return mapped(a, [this, factor, range](const OperatorRef &op) {
    return scaledOf(op, factor, range);
  });
}

OperatorRef OperatorAlgebra::negated(const OperatorRef &a, SourceRange range) {
  if (!a)
    return nullptr;
  if (!isPure(a))
    return scaled(a, nodes.real(-1, range), range);
  return mapped(a, [this, range](const OperatorRef &op) -> OperatorRef {
    if (!op)
      return nullptr;
    Taps taps;
    for (const Stencil::Tap &tap : op->stencil->taps)
      taps[tap.offset] = nodes.unary(NodeKind::Neg, tap.weight, range);
    return pure(op->grid, taps, op->stencil->scale, range);
  });
}

/// A Row after a Stack, as in grad'*grad, adds up the products of their parts.
OperatorRef OperatorAlgebra::productOf(const OperatorRef &a,
                                       const OperatorRef &b,
                                       SourceRange range) {
  if (!a || !b)
    return nullptr;
  bool isDivergence =
      a->kind == Operator::Kind::Row && b->kind == Operator::Kind::Stack;
  if (isDivergence && a->parts.size() == b->parts.size()) {
    OperatorRef result;
    for (size_t i = 0; i < a->parts.size(); ++i) {
      OperatorRef term = productOf(a->parts[i], b->parts[i], range);
      result = result ? sumOf(result, term, range) : term;
    }
    return result;
  }
  if (isVector(a) || isVector(b) || isOfChannels(a) || isOfChannels(b)) {
    reporter.error(Error::VectorOperators, range, "*")
        .help("apply one after the other: A(B(u))");
    return nullptr;
  }
  if (isPure(a) && isPure(b))
    return mergedProduct(*a, *b, range);
  bool areBoth = isExtremal(*a) && isExtremal(*b);
  if (!areBoth && !areLinear(a, b, "*", range))
    return nullptr;
  return compound(Operator::Kind::Product, a, b, nullptr, range);
}

OperatorRef OperatorAlgebra::product(const OperatorRef &a, const OperatorRef &b,
                                     SourceRange range) {
  return combine(
      a, b,
      [this, range](const OperatorRef &first, const OperatorRef &second) {
        return productOf(first, second, range);
      },
      range);
}

OperatorRef OperatorAlgebra::power(const OperatorRef &a, int64_t exponent,
                                   SourceRange range) {
  if (!a)
    return nullptr;
  if (exponent == 0)
    return a->grid ? identity(a->grid, range)
                   : generic([this, range](const Grid *grid) {
                       return identity(grid, range);
                     });
  OperatorRef result = a;
  for (int64_t i = 1; result && i < exponent; ++i)
    result = product(result, a, range);
  return result;
}

/// (A*B)' = B'*A'
OperatorRef OperatorAlgebra::adjointOfProduct(const Operator &a,
                                              SourceRange range) {
  if (isExtremal(a) && !isOfOneKind(a, isMaximal(a))) {
    reporter.error(Error::NoResidual, range);
    return nullptr;
  }
  return productOf(adjointOf(a.second, range), adjointOf(a.first, range),
                   range);
}

OperatorRef OperatorAlgebra::adjointOf(const OperatorRef &a,
                                       SourceRange range) {
  if (!a)
    return nullptr;
  switch (a->kind) {
  case Operator::Kind::Pure:
  case Operator::Kind::Adjoint: {
    auto result = std::make_shared<Operator>(*a);
    result->kind = isPure(a) ? Operator::Kind::Adjoint : Operator::Kind::Pure;
    return result;
  }
  case Operator::Kind::Extremum:
    return residual(*a, range);
  case Operator::Kind::Product:
    return adjointOfProduct(*a, range);
  case Operator::Kind::Sum:
    return sumOf(adjointOf(a->first, range), adjointOf(a->second, range),
                 range);
  case Operator::Kind::Scaled:
    return scaledOf(adjointOf(a->first, range), a->factor, range);
  case Operator::Kind::Stack:
  case Operator::Kind::Row:
    return partwise(
        *a,
        a->kind == Operator::Kind::Stack ? Operator::Kind::Row
                                         : Operator::Kind::Stack,
        [&](const OperatorRef &part) { return adjointOf(part, range); });
  case Operator::Kind::Channels: {
    auto channels = std::make_shared<Channels>(*a->channels);
    channels->isTransposed = !channels->isTransposed;
    auto result = std::make_shared<Operator>(*a);
    result->channels = std::move(channels);
    return result;
  }
  case Operator::Kind::Generic:
    break; // made for a grid before
  }
  return nullptr;
}

OperatorRef OperatorAlgebra::adjoint(const OperatorRef &a, SourceRange range) {
  return mapped(
      a, [this, range](const OperatorRef &op) { return adjointOf(op, range); });
}
