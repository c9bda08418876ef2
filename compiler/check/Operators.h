//===- Operators.h - the algebra of linear operators ------------*- C++ -*-===//
//
// Sums, multiples, products and powers of stencils are stencils again, merged
// before any boundary rule acts: forward(x)*backward(x) is d2(x) in every row.
// With an adjoint in them they stay expressions, because the adjoint of an
// operator with its boundary rule need not be a stencil with one.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_CHECK_OPERATORS_H
#define PDEC_CHECK_OPERATORS_H

#include "compiler/check/NodeBuilder.h"
#include "compiler/check/Values.h"

namespace pdec {

/// Null results mean an error that has been reported.
class OperatorAlgebra {
public:
  OperatorAlgebra(NodeBuilder &nodes, Reporter &reporter)
      : nodes(nodes), reporter(reporter) {}

  static constexpr int maxTaps = 256, maxOffset = 1024, maxSize = 256;

  /// weight[i] acts at offset first + i; a null scale means 1.
  OperatorRef stencil(const Grid *grid, int axis, std::vector<NodeRef> weights,
                      int first, NodeRef scale, SourceRange range);

  OperatorRef sum(const OperatorRef &a, const OperatorRef &b,
                  SourceRange range);
  OperatorRef scaled(const OperatorRef &a, NodeRef factor, SourceRange range);
  OperatorRef negated(const OperatorRef &a, SourceRange range);
  OperatorRef product(const OperatorRef &a, const OperatorRef &b,
                      SourceRange range);
  OperatorRef power(const OperatorRef &a, int64_t exponent, SourceRange range);
  OperatorRef adjoint(const OperatorRef &a, SourceRange range);

  /// a(field), built from nodes.
  NodeRef apply(const Operator &a, const NodeRef &field, SourceRange range);

private:
  using Taps = std::vector<std::pair<int, NodeRef>>;

  OperatorRef pure(const Operator &like, const Taps &taps, NodeRef scale,
                   SourceRange range);
  OperatorRef compound(Operator::Kind kind, const OperatorRef &a,
                       const OperatorRef &b, NodeRef factor, SourceRange range);
  bool sameAxis(const OperatorRef &a, const OperatorRef &b, SourceRange range);
  NodeRef times(const NodeRef &a, const NodeRef &b, SourceRange range);
  OperatorRef mergedSum(const Operator &a, const Operator &b,
                        SourceRange range);
  OperatorRef mergedProduct(const Operator &a, const Operator &b,
                            SourceRange range);
  NodeRef applyPure(const Operator &a, const NodeRef &field, SourceRange range);
  NodeRef applyAdjoint(const Operator &a, const NodeRef &field,
                       SourceRange range);
  NodeRef stencilNode(NodeKind kind, const Operator &a, const NodeRef &field,
                      Type type, SourceRange range);

  NodeBuilder &nodes;
  Reporter &reporter;
};

/// The type of what a stencil makes of a field on its grid. At a dirichlet side
/// the rows go on to the boundary face where the stencil reaches across it.
Type resultType(const Operator &pure);

} // namespace pdec

#endif // PDEC_CHECK_OPERATORS_H
