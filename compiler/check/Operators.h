//===- Operators.h - the algebra of operators -------------------*- C++ -*-===//
//
// Sums, multiples, products and powers of stencils are stencils again, merged
// before any boundary rule acts: forward(x)*backward(x) is d2(x) in every row.
// With an adjoint in them they stay expressions, because the adjoint of an
// operator with its boundary rule need not be a stencil with one.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_CHECK_OPERATORS_H
#define PDEC_CHECK_OPERATORS_H

#include "compiler/check/Values.h"
#include "compiler/program/Beyond.h"
#include "compiler/program/NodeBuilder.h"

#include <map>

namespace pdec {

/// Null results mean an error that has been reported.
class OperatorAlgebra {
public:
  OperatorAlgebra(NodeBuilder &nodes, Reporter &reporter, Rules &rules,
                  Beyond &beyond)
      : nodes(nodes), reporter(reporter), rules(rules), beyond(beyond) {}

  static constexpr int maxTaps = 256, maxOffset = 1024, maxSize = 256;

  /// Weights by their offsets, which have one number for each axis.
  using Taps = std::map<std::vector<int>, NodeRef>;

  /// A null scale means 1.
  OperatorRef stencil(const Grid *grid, const Taps &taps, NodeRef scale,
                      SourceRange range);
  /// weights[i] acts at offset first + i along one axis.
  OperatorRef stencil(const Grid *grid, int axis,
                      const std::vector<NodeRef> &weights, int first,
                      NodeRef scale, SourceRange range);
  /// The least or greatest of what the taps add their weights to.
  OperatorRef extremum(const Grid *grid, const Taps &taps, bool isMax);
  OperatorRef identity(const Grid *grid, SourceRange range);
  /// From lists of `in` fields to lists of `out` fields by the entries of an
  /// array that `weights`, the array and its first indices, leave.
  OperatorRef channels(const Grid *grid,
                       std::shared_ptr<const Channels> channels,
                       std::vector<NodeRef> weights);
  /// u -> [parts(u)], all on the rows of all of them.
  OperatorRef stack(std::vector<OperatorRef> parts);
  /// An operator that is made for a grid when it meets one.
  OperatorRef generic(std::function<OperatorRef(const Grid *)> on);
  /// `made` with the means to make it on other grids.
  OperatorRef movable(const OperatorRef &made,
                      std::function<OperatorRef(const Grid *)> on);

  OperatorRef sum(const OperatorRef &a, const OperatorRef &b,
                  SourceRange range);
  OperatorRef scaled(const OperatorRef &a, const NodeRef &factor,
                     SourceRange range);
  OperatorRef negated(const OperatorRef &a, SourceRange range);
  OperatorRef product(const OperatorRef &a, const OperatorRef &b,
                      SourceRange range);
  OperatorRef power(const OperatorRef &a, int64_t exponent, SourceRange range);
  OperatorRef adjoint(const OperatorRef &a, SourceRange range);

  /// a(field), built from nodes, of an operator between fields.
  NodeRef apply(const Operator &a, const NodeRef &field, SourceRange range);
  /// a(fields), of Channels; as many as a list must have has been checked.
  std::vector<NodeRef> applyChannels(const Operator &a,
                                     const std::vector<NodeRef> &fields,
                                     SourceRange range);
  /// Does not ask what arguments are beyond the sides.
  bool isLenient = false;

private:
  OperatorRef pure(const Grid *grid, const Taps &taps, NodeRef scale,
                   SourceRange range, bool keepsSpan = false);
  OperatorRef compound(Operator::Kind kind, const OperatorRef &a,
                       const OperatorRef &b, NodeRef factor, SourceRange range);
  using MakeOne = std::function<OperatorRef(const OperatorRef &)>;
  /// make(a), on other grids too; generic if `a` is.
  OperatorRef mapped(const OperatorRef &a, const MakeOne &make);
  using Make =
      std::function<OperatorRef(const OperatorRef &, const OperatorRef &)>;
  /// make(a, b) with both on one grid; generic if both are.
  OperatorRef combine(const OperatorRef &a, const OperatorRef &b,
                      const Make &make, SourceRange range);
  OperatorRef sumOf(const OperatorRef &a, const OperatorRef &b,
                    SourceRange range);
  OperatorRef productOf(const OperatorRef &a, const OperatorRef &b,
                        SourceRange range);
  OperatorRef adjointOf(const OperatorRef &a, SourceRange range);
  OperatorRef scaledOf(const OperatorRef &a, NodeRef factor, SourceRange range);
  OperatorRef adjointOfProduct(const Operator &a, SourceRange range);
  OperatorRef residual(const Operator &a, SourceRange range);
  bool areLinear(const OperatorRef &a, const OperatorRef &b, const char *sign,
                 SourceRange range);
  NodeRef times(const NodeRef &a, const NodeRef &b, SourceRange range);
  OperatorRef mergedSum(const Operator &a, const Operator &b,
                        SourceRange range);
  OperatorRef mergedProduct(const Operator &a, const Operator &b,
                            SourceRange range);
  NodeRef applyPure(const Operator &a, const NodeRef &field, SourceRange range);
  NodeRef applyAdjoint(const Operator &a, const NodeRef &field,
                       SourceRange range);
  NodeRef applyExtremum(const Operator &a, const NodeRef &field,
                        SourceRange range);
  NodeRef continuedWith(double neutral, const Operator &a, const NodeRef &field,
                        SourceRange range);
  NodeRef shifted(const std::vector<int> &offset, const NodeRef &field,
                  RuleRef rule, Type type, SourceRange range);
  NodeRef extremumOf(NodeKind kind, const std::vector<NodeRef> &terms,
                     size_t begin, size_t end, SourceRange range);
  bool isOnCells(const NodeRef &field, SourceRange range);
  OperatorRef continuing(const Operator &channels, SourceRange range);
  void askWhatIsBeyond(const Operator &a, const NodeRef &field,
                       SourceRange range);
  NodeRef stencilNode(NodeKind kind, std::shared_ptr<const Stencil> stencil,
                      const NodeRef &field, Type type, RuleRef continuation,
                      SourceRange range);

  NodeBuilder &nodes;
  Reporter &reporter;
  Rules &rules;
  Beyond &beyond;
};

} // namespace pdec

#endif // PDEC_CHECK_OPERATORS_H
