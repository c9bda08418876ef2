//===- StateCalls.h - built-in functions of states --------------*- C++ -*-===//

#ifndef PDEC_CHECK_STATECALLS_H
#define PDEC_CHECK_STATECALLS_H

#include "compiler/check/Calls.h"

namespace pdec {

/// Calls of what asks for states, or for functions between them. Has no data of
/// its own.
class StateCalls {
public:
  StateCalls(NodeBuilder &nodes, Reporter &reporter, Beyond &beyond,
             Arithmetic &arithmetic, States &states, Freezing &freezing,
             Calls &calls)
      : nodes(nodes), reporter(reporter), beyond(beyond),
        arithmetic(arithmetic), states(states), freezing(freezing),
        calls(calls) {}

  /// The fields of a value as states.
  Value state(const Given &given, SourceRange range);
  /// Whether all fields of a value have rules that are closed.
  Value closed(const Given &given, SourceRange range);
  /// linear(A) is A without its constant part.
  Value linear(const Given &given);
  /// freeze(e) is e, unless the function in which it stands is held.
  Value freeze(const Given &given) { return freezing.freeze(given.value); }
  /// hold(R, u) is R in which each freeze(e) has the value that it has for u.
  Value hold(const std::vector<const Given *> &given, SourceRange range);

private:
  NodeBuilder &nodes;
  Reporter &reporter;
  Beyond &beyond;
  Arithmetic &arithmetic;
  States &states;
  Freezing &freezing;
  Calls &calls;
};

} // namespace pdec

#endif // PDEC_CHECK_STATECALLS_H
