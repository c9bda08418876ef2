//===- Extrema.cpp - stencils over the semirings of min and max -----------===//
//
// Over (max, +), a stencil K is u -> max_m (u[i + offset_m] + weight_m), the
// dilation of grey images; over (min, +) it is the erosion. Beyond the sides
// lies the neutral element, of which no extremum knows, so that these maps are
// what they are on all of the plane to fields that are neutral elsewhere. Hence
// each has its residual, written as an adjoint: K(u) <= v wherever
// u <= K'(v), K over max, with K' the stencil over min of the negative weights
// at the opposite offsets.
//
// In the program, it is pointwise arithmetic of shifted fields.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Operators.h"

#include "compiler/check/Extrema.h"

#include <limits>

using namespace pdec;

static constexpr double infinity = std::numeric_limits<double>::infinity();

bool pdec::isExtremal(const Operator &op) {
  return op.kind == Operator::Kind::Extremum ||
         (op.kind == Operator::Kind::Product && isExtremal(*op.first));
}

bool pdec::isMaximal(const Operator &op) {
  return op.kind == Operator::Kind::Extremum ? op.isMax : isMaximal(*op.first);
}

bool pdec::isOfOneKind(const Operator &op, bool isMax) {
  return op.kind == Operator::Kind::Extremum
             ? op.isMax == isMax
             : isOfOneKind(*op.first, isMax) && isOfOneKind(*op.second, isMax);
}

/// What changes no extremum: the zero of the semiring.
static double neutralOf(bool isMax) { return isMax ? -infinity : infinity; }

/// Whether `a` and `b` are no stencils over min or max; else that is an error
/// of the operation that needs it.
bool OperatorAlgebra::areLinear(const OperatorRef &a, const OperatorRef &b,
                                const char *sign, SourceRange range) {
  if (!isExtremal(*a) && !isExtremal(*b))
    return true;
  Diagnostic &error = reporter.error(Error::ExtremumAlgebra, range, sign);
  error.help("apply operators to fields: A(u) + B(u), 2*A(u), A(D(u))");
  return false;
}

/// Constant weights that are neutral are dropped, but one tap always stays.
OperatorRef OperatorAlgebra::extremum(const Grid *grid, const Taps &taps,
                                      bool isMax) {
  auto stencil = std::make_shared<Stencil>();
  for (const auto &[offset, weight] : taps) {
    NodeRef real = nodes.toReal(weight);
    if (!real)
      return nullptr;
    bool isNeutral = isConstant(real) && real->number == neutralOf(isMax);
    if (!isNeutral)
      stencil->taps.push_back({offset, real});
  }
  if (stencil->taps.empty())
    stencil->taps.push_back(
        {taps.begin()->first, nodes.toReal(taps.begin()->second)});
  auto op = std::make_shared<Operator>();
  op->kind = Operator::Kind::Extremum;
  op->isMax = isMax;
  op->grid = grid;
  op->stencil = std::move(stencil);
  return op;
}

OperatorRef OperatorAlgebra::residual(const Operator &a, SourceRange range) {
  Taps taps;
  for (const Stencil::Tap &tap : a.stencil->taps) {
    std::vector<int> opposite = tap.offset;
    for (int &offset : opposite)
      offset = -offset;
    taps[opposite] = nodes.unary(NodeKind::Neg, tap.weight, range);
  }
  return extremum(a.grid, taps, !a.isMax);
}

/// u[i + offset] in the rows of `type`.
NodeRef OperatorAlgebra::shifted(const std::vector<int> &offset,
                                 const NodeRef &field, RuleRef rule, Type type,
                                 SourceRange range) {
  auto stencil = std::make_shared<Stencil>();
  stencil->taps.push_back({offset, nodes.real(1, range)});
  return stencilNode(NodeKind::Apply, std::move(stencil), field,
                     std::move(type), std::move(rule), range);
}

/// A field with all rows that the taps reach, or itself where that are its own.
NodeRef OperatorAlgebra::continuedWith(double neutral, const Operator &a,
                                       const NodeRef &field,
                                       SourceRange range) {
  Type type = cellsOf(a.grid);
  size_t rank = a.grid->axes.size();
  for (size_t i = 0; i < rank; ++i)
    for (const Stencil::Tap &tap : a.stencil->taps)
      if (a.grid->axes[i].low.kind != BoundaryKind::Periodic) {
        type.low[i] = std::max(type.low[i], -tap.offset[i]);
        type.high[i] = std::max(type.high[i], tap.offset[i]);
      }
  return hasRows(type) ? shifted(std::vector<int>(rank, 0), field,
                                 rules.filledWith(a.grid, neutral), type, range)
                       : field;
}

/// By halves: what is computed at once waits for little.
NodeRef OperatorAlgebra::extremumOf(NodeKind kind,
                                    const std::vector<NodeRef> &terms,
                                    size_t begin, size_t end,
                                    SourceRange range) {
  if (end - begin == 1)
    return terms[begin];
  size_t middle = begin + (end - begin) / 2;
  return nodes.binary(kind, extremumOf(kind, terms, begin, middle, range),
                      extremumOf(kind, terms, middle, end, range), range);
}

/// What it is beyond the sides is what its argument is there: it is no rate.
NodeRef OperatorAlgebra::applyExtremum(const Operator &a, const NodeRef &field,
                                       SourceRange range) {
  if (!isOnCells(field, range))
    return nullptr;
  NodeRef wide = continuedWith(neutralOf(a.isMax), a, field, range);
  std::vector<NodeRef> terms;
  for (const Stencil::Tap &tap : a.stencil->taps) {
    bool isHere = std::all_of(tap.offset.begin(), tap.offset.end(),
                              [](int offset) { return offset == 0; });
    NodeRef there = isHere ? field
                           : shifted(tap.offset, wide, rules.ofRows(a.grid),
                                     cellsOf(a.grid), range);
    bool isPlain = isConstant(tap.weight) && tap.weight->number == 0;
    terms.push_back(
        isPlain ? there
                : nodes.binary(NodeKind::Add, there, tap.weight, range));
  }
  Node state;
  state.kind = NodeKind::State;
  state.type = cellsOf(a.grid);
  state.range = range;
  state.rule = beyond.ruleOfStart(field);
  state.args = {extremumOf(a.isMax ? NodeKind::Max : NodeKind::Min, terms, 0,
                           terms.size(), range)};
  return state.args[0] ? nodes.make(std::move(state)) : nullptr;
}
