//===- Couplings.h - what cells a function couples --------------*- C++ -*-===//

#ifndef PDEC_CHECK_COUPLINGS_H
#define PDEC_CHECK_COUPLINGS_H

#include "compiler/check/Probes.h"
#include "compiler/program/Reach.h"

#include <tuple>

namespace pdec {

/// Looks into functions for what each cell of their results needs of their
/// arguments. Owns what has been found.
class Couplings {
public:
  Couplings(Reporter &reporter, Beyond &beyond, Probes &probes)
      : reporter(reporter), beyond(beyond), probes(probes) {}

  /// Of a function of `fields`, whose leaves are given as well. Found and
  /// reported once: who asks for the colours asks for their number as well.
  /// Nothing after an error.
  std::optional<Reach> reachOf(const Given &function, const Given &fields,
                               const std::vector<NodeRef> &leaves);

private:
  std::optional<Reach> findReach(const Given &function, const Given &fields,
                                 const std::vector<NodeRef> &leaves);
  void reportCoupling(const Node &node, const Given &function);

  Reporter &reporter;
  Beyond &beyond;
  Probes &probes;
  /// A function, whether its linear part is meant, the rules of its argument.
  using ReachKey =
      std::tuple<ClosureRef, OperatorRef, bool, std::vector<RuleRef>>;
  /// Nothing where an error has been reported.
  std::map<ReachKey, std::optional<Reach>> reaches;
};

} // namespace pdec

#endif // PDEC_CHECK_COUPLINGS_H
