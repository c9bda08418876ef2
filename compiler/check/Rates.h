//===- Rates.h - how fast right-hand sides change a field -------*- C++ -*-===//

#ifndef PDEC_CHECK_RATES_H
#define PDEC_CHECK_RATES_H

#include "compiler/check/Probes.h"

namespace pdec {

/// Makes numbers of what is proved of right-hand sides: limit(R) and
/// optimal(R, tau). Has no data of its own.
class Rates {
public:
  Rates(NodeBuilder &nodes, Reporter &reporter, Hierarchy &grids,
        Probes &probes)
      : nodes(nodes), reporter(reporter), grids(grids), probes(probes) {}

  /// limit(R, on): the largest certified explicit step, 2/r.
  Value limit(const std::vector<const Given *> &given, SourceRange range);
  /// optimal(R, tau, on): the factor with which damped passes of an implicit
  /// step converge fastest, 2/(2 + tau*(slowest + fastest)).
  Value optimal(const std::vector<const Given *> &given, SourceRange range);

private:
  bool isFunction(const Given &given);
  /// What R is to change.
  struct Fields {
    Given given; ///< a field, or a list
    std::vector<NodeRef> leaves;
  };
  std::optional<Fields> fieldsOf(const Given *on, SourceRange range,
                                 const char *callee);
  std::shared_ptr<const Loop> rightHandSide(const Given &function,
                                            const Fields &fields);
  NodeRef rate(RateKind kind, const Given &function, const Fields &fields,
               SourceRange range);

  NodeBuilder &nodes;
  Reporter &reporter;
  Hierarchy &grids;
  Probes &probes;
};

} // namespace pdec

#endif // PDEC_CHECK_RATES_H
