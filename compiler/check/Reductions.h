//===- Reductions.h - numbers of whole fields -------------------*- C++ -*-===//

#ifndef PDEC_CHECK_REDUCTIONS_H
#define PDEC_CHECK_REDUCTIONS_H

#include "compiler/check/Arguments.h"
#include "compiler/check/Arithmetic.h"

namespace pdec {

/// Sums, norms and extrema. Has no data of its own; null results and poison
/// mean an error that has been reported.
class Reductions {
public:
  Reductions(NodeBuilder &nodes, Reporter &reporter, Hierarchy &grids,
             Arithmetic &arithmetic)
      : nodes(nodes), reporter(reporter), grids(grids), arithmetic(arithmetic) {
  }

  NodeRef norm(const Value &value, SourceRange range);
  /// The largest difference between two states, over all cells and entries.
  NodeRef changeOf(const std::vector<Value> &before,
                   const std::vector<Value> &after, SourceRange range);
  /// sum, dot, norm, norm_max, mean, and min and max of one field; of a field
  /// along an axis also cumsum.
  Value call(Builtin builtin, const std::vector<const Given *> &given,
             SourceRange range);

private:
  Value along(Builtin builtin, const Given &of, const Given &axis,
              SourceRange range);
  NodeRef alongAxis(Builtin builtin, const NodeRef &field, const Value &axis,
                    SourceRange range);
  NodeRef numElements(const std::vector<NodeRef> &fields, SourceRange range);
  NodeRef reduce(ReductionKind kind, const NodeRef &a, const NodeRef &b,
                 SourceRange range);

  NodeBuilder &nodes;
  Reporter &reporter;
  Hierarchy &grids;
  Arithmetic &arithmetic;
};

} // namespace pdec

#endif // PDEC_CHECK_REDUCTIONS_H
