//===- Calls.h - of functions, schemes and operators ------------*- C++ -*-===//

#ifndef PDEC_CHECK_CALLS_H
#define PDEC_CHECK_CALLS_H

#include "compiler/check/Arguments.h"
#include "compiler/check/Effort.h"
#include "compiler/check/Expressions.h"
#include "compiler/check/Freezing.h"
#include "compiler/check/Names.h"
#include "compiler/check/States.h"

namespace pdec {

/// Inlines functions, schemes and operators where they are called. Has no data
/// of its own; poison means an error that has been reported.
class Calls {
public:
  Calls(Reporter &reporter, Arithmetic &arithmetic, States &states,
        Names &names, Effort &effort, Freezing &freezing,
        Expressions &expressions)
      : reporter(reporter), arithmetic(arithmetic), states(states),
        names(names), effort(effort), freezing(freezing),
        expressions(expressions) {}

  Value call(const ClosureRef &closure, std::vector<Value> arguments,
             SourceRange range);
  /// A function or operator applied to a value; it may be one between states.
  Value callValue(const Value &callee, const Value &argument,
                  SourceRange range);
  Value callClosure(const ClosureRef &closure, const std::vector<Given> &given,
                    SourceRange range);
  /// A function between states.
  Value callReceived(const Value &callee, const std::vector<Given> &given,
                     SourceRange range);

private:
  Value callOnce(const Value &callee, const std::vector<Given> &given,
                 SourceRange range);
  std::vector<Given> asArguments(const Received &received,
                                 const std::vector<Given> &given);
  Value evalBody(const Closure &closure, Scope &scope);

  Reporter &reporter;
  Arithmetic &arithmetic;
  States &states;
  Names &names;
  Effort &effort;
  Freezing &freezing;
  Expressions &expressions;
};

} // namespace pdec

#endif // PDEC_CHECK_CALLS_H
