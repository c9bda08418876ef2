//===- Equations.h - what is solved for -------------------------*- C++ -*-===//

#ifndef PDEC_CHECK_EQUATIONS_H
#define PDEC_CHECK_EQUATIONS_H

#include "compiler/check/Calls.h"
#include "compiler/check/Iterations.h"
#include "compiler/check/Solutions.h"

namespace pdec {

/// The iterations that solve equations A(u) = b.
class Equations {
public:
  Equations(NodeBuilder &nodes, Reporter &reporter, Beyond &beyond,
            Hierarchy &grids, Arithmetic &arithmetic, Reductions &reductions,
            States &states, Names &names, Iterations &iterations, Calls &calls,
            Solutions &solutions, Expressions &expressions)
      : nodes(nodes), reporter(reporter), beyond(beyond), grids(grids),
        arithmetic(arithmetic), reductions(reductions), states(states),
        names(names), iterations(iterations), calls(calls),
        solutions(solutions), expressions(expressions) {}

  /// The solution, and the unknown's name; without one (reported) if there is
  /// no equation.
  Value solve(const ast::SolveStatement &solve, Scope &scope,
              ast::Identifier &unknown);

private:
  const ast::NameExpr *newName(const ast::Expr &expr, const Scope &scope,
                               const ast::NameExpr *known);
  struct Solver;
  struct Task;
  bool findSolver(const Task &task, Solver &solver);
  Value solved(const ast::SolveStatement &solve, Scope &scope,
               const ast::Identifier &unknown);
  Value found(const Task &task);
  void compareAsDerivative(const Task &task, Scope &measures,
                           const Value &after);
  Value firstGuess(const ast::SolveStatement &solve, const Value &initial);
  NodeRef residualScale(const Value &a, const Value &b, const Value &first,
                        SourceRange range);
  bool receiveUnknown(Value &a, const Value &unknown, SourceRange range);
  NodeRef relative(const NodeRef &size, const NodeRef &scale,
                   SourceRange range);

  NodeBuilder &nodes;
  Reporter &reporter;
  Beyond &beyond;
  Hierarchy &grids;
  Arithmetic &arithmetic;
  Reductions &reductions;
  States &states;
  Names &names;
  Iterations &iterations;
  Calls &calls;
  Solutions &solutions;
  Expressions &expressions;
};

} // namespace pdec

#endif // PDEC_CHECK_EQUATIONS_H
