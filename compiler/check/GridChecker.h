//===- GridChecker.h - grids, their boundaries and positions ----*- C++ -*-===//

#ifndef PDEC_CHECK_GRIDCHECKER_H
#define PDEC_CHECK_GRIDCHECKER_H

#include "compiler/check/Boundaries.h"

namespace pdec {

/// Makes the grids that a script declares. Has no data of its own: grids are
/// the program's.
class GridChecker {
public:
  GridChecker(NodeBuilder &nodes, Reporter &reporter, Names &names,
              Boundaries &boundaries, Expressions &expressions,
              Program &program, Scope &global)
      : nodes(nodes), reporter(reporter), names(names), boundaries(boundaries),
        expressions(expressions), program(program), global(global) {}

  void check(const ast::GridStatement &statement);

private:
  void spacing(const ast::Expr &expr, Grid &grid);
  void extent(const ast::GridClause &clause, Grid &grid);
  void extentOf(const Value &low, const Value &high, SourceRange range,
                const Grid &grid, int axis);
  void size(const ast::Expr &expr, Grid &grid);
  void placeCells(Axis &axis, SourceRange range);
  void checkAxisNames(const ast::GridStatement &statement);
  void declareGrid(const ast::GridStatement &statement, const Grid *grid);

  NodeBuilder &nodes;
  Reporter &reporter;
  Names &names;
  Boundaries &boundaries;
  Expressions &expressions;
  Program &program;
  Scope &global;
};

} // namespace pdec

#endif // PDEC_CHECK_GRIDCHECKER_H
