//===- Couplings.h - what cells a function couples --------------*- C++ -*-===//

#ifndef PDEC_CHECK_COUPLINGS_H
#define PDEC_CHECK_COUPLINGS_H

#include "compiler/check/Calls.h"
#include "compiler/check/Iterations.h"
#include "compiler/check/Reach.h"

#include <tuple>

namespace pdec {

/// Looks into functions for what each cell of their results needs of their
/// arguments. Owns what has been found.
class Couplings {
public:
  Couplings(NodeBuilder &nodes, Reporter &reporter, Beyond &beyond,
            Arithmetic &arithmetic, Freezing &freezing, Iterations &iterations,
            Calls &calls)
      : nodes(nodes), reporter(reporter), beyond(beyond),
        arithmetic(arithmetic), freezing(freezing), iterations(iterations),
        calls(calls) {}

  /// Of a function of `fields`, whose leaves are given as well. Found and
  /// reported once: who asks for the colours asks for their number as well.
  /// Nothing after an error.
  std::optional<Reach> reachOf(const Given &function, const Given &fields,
                               const std::vector<NodeRef> &leaves);

private:
  std::optional<Reach> findReach(const Given &function, const Given &fields,
                                 const std::vector<NodeRef> &leaves);
  void reportCoupling(const Node &node, const Given &function);

  NodeBuilder &nodes;
  Reporter &reporter;
  Beyond &beyond;
  Arithmetic &arithmetic;
  Freezing &freezing;
  Iterations &iterations;
  Calls &calls;
  /// Enclose the variables by which findReach looks into functions; their nodes
  /// stay known, so these addresses must.
  std::vector<std::shared_ptr<const Loop>> probed;
  /// A function, whether its linear part is meant, the rules of its argument.
  using ReachKey =
      std::tuple<ClosureRef, OperatorRef, bool, std::vector<RuleRef>>;
  /// Nothing where an error has been reported.
  std::map<ReachKey, std::optional<Reach>> reaches;
};

} // namespace pdec

#endif // PDEC_CHECK_COUPLINGS_H
