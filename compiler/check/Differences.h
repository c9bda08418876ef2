//===- Differences.h - differences and stencils -----------------*- C++ -*-===//

#ifndef PDEC_CHECK_DIFFERENCES_H
#define PDEC_CHECK_DIFFERENCES_H

#include "compiler/check/Arguments.h"
#include "compiler/check/Operators.h"

namespace pdec {

/// Makes the operators that the language has names for, and those that scripts
/// give the weights of. Has no data of its own.
class Differences {
public:
  Differences(NodeBuilder &nodes, Reporter &reporter,
              OperatorAlgebra &operators)
      : nodes(nodes), reporter(reporter), operators(operators) {}

  /// A difference on its own grid, and on all others of the hierarchy.
  OperatorRef difference(Builtin builtin, const Grid *grid, int axis,
                         SourceRange range);
  /// The operators that are made for any grid.
  OperatorRef laplacian(SourceRange range);
  OperatorRef gradient(SourceRange range);
  /// stencil(x, [w0, w1, ...], from = k) along an axis, or stencil(X, [[...],
  /// [...]], from = [k, l]) on a grid: the first weight acts at the offset
  /// given.
  Value stencil(const std::vector<const Given *> &given, SourceRange range);

private:
  OperatorRef differenceOn(Builtin builtin, const Grid *grid, int axis,
                           SourceRange range);
  bool readWeights(const Value &list, size_t axis, std::vector<int> &offset,
                   const std::vector<int> &from, SourceRange range,
                   OperatorAlgebra::Taps &taps);
  bool readOffsets(const Given *from, const std::vector<int> &extents,
                   std::vector<int> &result);

  NodeBuilder &nodes;
  Reporter &reporter;
  OperatorAlgebra &operators;
};

} // namespace pdec

#endif // PDEC_CHECK_DIFFERENCES_H
