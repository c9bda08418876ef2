//===- Differences.h - differences and stencils -----------------*- C++ -*-===//

#ifndef PDEC_CHECK_DIFFERENCES_H
#define PDEC_CHECK_DIFFERENCES_H

#include "compiler/check/Calls.h"
#include "compiler/check/Operators.h"

namespace pdec {

/// Makes the operators that the language has names for, and those that scripts
/// give the weights of. Has no data of its own.
class Differences {
public:
  Differences(NodeBuilder &nodes, Reporter &reporter,
              OperatorAlgebra &operators, Calls &calls)
      : nodes(nodes), reporter(reporter), operators(operators), calls(calls) {}

  /// A difference on its own grid, and on all others of the hierarchy.
  OperatorRef difference(Builtin builtin, const Grid *grid, int axis,
                         SourceRange range);
  /// The operators that are made for any grid.
  OperatorRef laplacian(SourceRange range);
  OperatorRef gradient(SourceRange range);
  /// stencil(x, [w0, w1, ...], from = k) along an axis, or stencil(X, [[...],
  /// [...]], from = [k, l]) on a grid: the first weight acts at the offset
  /// given. Or stencil(x, k -> weight, to = l), and the like on a grid, with
  /// the weight of each offset. With `over`, min or max instead of the sum. Of
  /// an array [out, in, ...] it is an operator between lists.
  Value stencil(const std::vector<const Given *> &given, SourceRange range);

private:
  OperatorRef differenceOn(Builtin builtin, const Grid *grid, int axis,
                           SourceRange range);
  Value channels(const std::vector<const Given *> &given, size_t rank,
                 SourceRange range);
  bool readWeights(const Value &list, size_t axis, std::vector<int> &offset,
                   const std::vector<int> &from, SourceRange range,
                   OperatorAlgebra::Taps &taps);
  bool readFirst(const Given *from, const std::vector<int> &extents,
                 std::vector<int> &result);
  bool readOffsets(const Given &given, const std::string &what, size_t rank,
                   std::vector<int> &result);
  bool isFew(const std::vector<int> &extents, SourceRange range);
  bool listedWeights(const std::vector<const Given *> &given, size_t rank,
                     OperatorAlgebra::Taps &taps);
  bool weightsOf(const std::vector<const Given *> &given, size_t rank,
                 OperatorAlgebra::Taps &taps);
  bool callWeights(const Given &function, const std::vector<int> &from,
                   const std::vector<int> &to, std::vector<int> &offset,
                   OperatorAlgebra::Taps &taps);
  OperatorRef made(const Grid *grid, const OperatorAlgebra::Taps &taps,
                   const Given *over, SourceRange range);

  NodeBuilder &nodes;
  Reporter &reporter;
  OperatorAlgebra &operators;
  Calls &calls;
};

} // namespace pdec

#endif // PDEC_CHECK_DIFFERENCES_H
