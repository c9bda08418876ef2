//===- Iterations.h - until a condition holds -------------------*- C++ -*-===//

#ifndef PDEC_CHECK_ITERATIONS_H
#define PDEC_CHECK_ITERATIONS_H

#include "compiler/check/Expressions.h"
#include "compiler/check/Loops.h"
#include "compiler/check/Names.h"
#include "compiler/check/Reductions.h"

namespace pdec {

struct Iteration {
  std::vector<std::string> names;
  std::vector<Value> initials;
  /// The next values of the given ones.
  std::function<std::vector<Value>(const std::vector<Value> &)> next;
  /// What of the values counts as the result; null: all of them.
  std::function<Value(const Value &)> result;
  std::vector<SourceRange> places; ///< of the names, in the script
  /// Sees the loop and the values after a pass; false after an error. May be
  /// null.
  std::function<bool(Loop &, const std::vector<Value> &)> observe;
  /// Declares what the condition may name besides `names` and `change`.
  std::function<void(Scope &, const std::vector<Value> &)> declareMeasures;
  const ast::Expr *until;
  const ast::AtMost *atMost;
  /// Passes are time steps; `change` is that of fields, if there are any.
  bool isEvolution = false;
  /// An evolution of the script, whose state can be saved.
  bool isOfScript = false;
  SourceRange range;
};

/// Loops that end by a condition, with which a run fails if it never holds.
/// Owns the numbers that they have in a program.
class Iterations {
public:
  Iterations(NodeBuilder &nodes, Reporter &reporter, Hierarchy &grids,
             Arithmetic &arithmetic, Reductions &reductions, Names &names,
             Loops &loops, Expressions &expressions)
      : nodes(nodes), reporter(reporter), grids(grids), arithmetic(arithmetic),
        reductions(reductions), names(names), loops(loops),
        expressions(expressions) {}

  /// The parameters of the program that is made.
  std::function<const std::vector<Param> &()> params;

  /// The values at the end; empty after an error.
  std::vector<Value> iterate(const Iteration &iteration, Scope &scope);
  /// Whether the condition holds of what an evolution starts from, when nothing
  /// has changed yet: no change is small enough. Null after an error.
  NodeRef holdsAtStart(const Iteration &iteration, Scope &scope);
  /// A number of a solver, for which a condition must hold when the program
  /// runs: an iteration of one pass. `name` chooses the message if it does not
  /// hold (runtime/execution/Convergence.cpp), which tells the number given
  /// last.
  Value requirement(const std::vector<const Given *> &given,
                    const std::string &name, SourceRange range);

  /// A condition that must hold: checked now if it is constant, else by the
  /// run, if that knows it from the start or the script itself asks for it.
  /// False (reported) if it does not hold.
  bool require(const ast::RequireStatement &statement, Scope &scope,
               bool isOfScript);
  /// What the run must check, each an iteration of one pass.
  const std::vector<NodeRef> &requirements() const { return required; }

  /// The field that is being solved for, for messages.
  Scoped<std::string> solvingFor(std::string field) {
    return {unknown, std::move(field)};
  }
  /// What is evaluated for its form alone takes no numbers and requires nothing
  /// of a run.
  struct FormAlone {
    Scoped<int> numbers;
    Scoped<std::vector<NodeRef>> required;
  };
  FormAlone unnumbered() {
    return {{numFixpoints, numFixpoints}, {required, required}};
  }

private:
  NodeRef requirementLoop(const NodeRef &holds, const NodeRef &value,
                          const NodeRef &told, const std::string &measure,
                          const std::string &what, SourceRange range);
  void requireInRun(const NodeRef &holds, const std::string &text,
                    SourceRange range);
  SourceRange placeInScript(SourceRange range) const;
  NodeRef largestCount(const Iteration &iteration, Scope &scope);
  bool readPass(const Iteration &iteration, const std::vector<Value> &after,
                const std::vector<NodeRef> &carried,
                std::vector<NodeRef> &leaves);
  Scope *conditionScope(const Iteration &iteration, Scope &scope,
                        const NodeRef &change, const std::vector<Value> &after);
  NodeRef changeOf(const Iteration &iteration, const std::vector<Value> &before,
                   const std::vector<Value> &after);
  bool setUntil(const Iteration &iteration, Scope &scope, Loop &loop);

  NodeBuilder &nodes;
  Reporter &reporter;
  Hierarchy &grids;
  Arithmetic &arithmetic;
  Reductions &reductions;
  Names &names;
  Loops &loops;
  Expressions &expressions;
  std::string unknown = "cg_solve";
  std::vector<NodeRef> required;
  int numFixpoints = 0;
};

} // namespace pdec

#endif // PDEC_CHECK_ITERATIONS_H
