//===- Solutions.h - what solves an equation --------------------*- C++ -*-===//

#ifndef PDEC_CHECK_SOLUTIONS_H
#define PDEC_CHECK_SOLUTIONS_H

#include "compiler/check/Calls.h"
#include "compiler/check/Iterations.h"

#include <deque>
#include <set>

namespace pdec {

/// A(x) = b with its solution, and how to solve linear ones like it.
struct SolvedEquation {
  /// L(z) = right, where L belongs to x.
  struct Linear {
    Value function, right, first, x;
    const char *name; ///< of z, for messages, with "of x" behind it
  };

  Value function, right, found;
  Value first; ///< what `found` was found from; poison: nothing of that is left
  /// The solution z; poison after an error.
  std::function<Value(const Linear &)> solve;
  SourceRange range;
};

/// Knows of all values that solve equations, and makes what derivatives need of
/// these. Solving twice more takes its time, so it does when all is known that
/// a script differentiates.
class Solutions {
public:
  Solutions(NodeBuilder &nodes, Reporter &reporter, Rules &rules,
            Beyond &beyond, Arithmetic &arithmetic, States &states,
            Names &names, Effort &effort, Freezing &freezing,
            Iterations &iterations, Calls &calls)
      : nodes(nodes), reporter(reporter), rules(rules), beyond(beyond),
        arithmetic(arithmetic), states(states), names(names), effort(effort),
        freezing(freezing), iterations(iterations), calls(calls) {}

  /// A function of the library, whatever the script calls its own.
  std::function<ClosureRef(const char *)> library;

  /// The solution as a value of its own.
  Value declare(SolvedEquation equation);
  /// A call of solution(u, A, b, by).
  Value solution(const std::vector<const Given *> &given, SourceRange range);
  /// Makes what is missing of equations whose solutions derivatives go through
  /// on their way from the values that the program computes.
  void complete(const std::vector<NodeRef> &values);

private:
  struct Pending {
    std::shared_ptr<Equation> made;
    SolvedEquation equation;
    std::vector<SourceRange> calls; ///< that led to it
    bool isHeld = false;
  };
  using Groups = std::vector<Value>;
  using Function = std::function<Value(const Groups &)>;

  Value corrected(const Value &by, const SolvedEquation::Linear &linear,
                  SourceRange range);
  void makeFunctions(const Pending &pending);
  std::shared_ptr<const Loop> function(const Pending &pending, size_t numGroups,
                                       const Function &body,
                                       std::string &obstacle);
  Value argumentsOf(Loop &loop, const Pending &pending, bool isPoint);
  Value linear(const Pending &pending, const char *maker, const Value &x);
  bool yield(Loop &loop, const Pending &pending, const Value &result);

  NodeBuilder &nodes;
  Reporter &reporter;
  Rules &rules;
  Beyond &beyond;
  Arithmetic &arithmetic;
  States &states;
  Names &names;
  Effort &effort;
  Freezing &freezing;
  Iterations &iterations;
  Calls &calls;
  std::deque<Pending> all;
};

} // namespace pdec

#endif // PDEC_CHECK_SOLUTIONS_H
