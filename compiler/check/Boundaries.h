//===- Boundaries.h - boundary clauses --------------------------*- C++ -*-===//

#ifndef PDEC_CHECK_BOUNDARIES_H
#define PDEC_CHECK_BOUNDARIES_H

#include "compiler/check/Expressions.h"
#include "compiler/check/Names.h"
#include "compiler/check/States.h"

namespace pdec {

/// Reads the boundary rules of grids and fields. Has no data of its own.
class Boundaries {
public:
  Boundaries(NodeBuilder &nodes, Reporter &reporter, Rules &rules,
             Hierarchy &grids, Arithmetic &arithmetic, States &states,
             Names &names, Expressions &expressions)
      : nodes(nodes), reporter(reporter), rules(rules), grids(grids),
        arithmetic(arithmetic), states(states), names(names),
        expressions(expressions) {}

  /// The kinds of the sides that a clause names, and later their values.
  void sideKinds(const ast::GridClause &clause, const Grid &grid,
                 std::vector<Rule::AxisSides> &sides, bool needsAll);
  void sideValues(const ast::GridClause &clause, const Grid &grid,
                  std::vector<Rule::AxisSides> &sides, Scope &scope);
  /// The grid that a declaration names; null after an error.
  const Grid *gridOf(const ast::OnGrid &on, const Scope &scope);
  /// The rule of a field that is declared on a grid: its own, at the sides that
  /// it names, and that of the grid. Around circles, all fields turn round.
  RuleRef ruleOn(const ast::OnGrid &on, const Grid *grid, Scope &scope);
  /// A value as fields of a grid with a rule; numbers are the same in all
  /// cells.
  Value declaredOn(const Value &value, const Grid *grid, const RuleRef &rule,
                   SourceRange range);

private:
  bool checkSides(const ast::GridClause &clause, const Grid &grid,
                  bool needsAll);
  NodeRef sideValue(const ast::Expr &expr, const Grid &grid, BoundaryKind kind,
                    Scope &scope);

  NodeBuilder &nodes;
  Reporter &reporter;
  Rules &rules;
  Hierarchy &grids;
  Arithmetic &arithmetic;
  States &states;
  Names &names;
  Expressions &expressions;
};

} // namespace pdec

#endif // PDEC_CHECK_BOUNDARIES_H
