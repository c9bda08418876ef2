//===- Evolutions.h - what evolves ------------------------------*- C++ -*-===//

#ifndef PDEC_CHECK_EVOLUTIONS_H
#define PDEC_CHECK_EVOLUTIONS_H

#include "compiler/check/Boundaries.h"
#include "compiler/check/Calls.h"
#include "compiler/check/Iterations.h"

namespace pdec {

/// The loops over time steps, of the script and of blocks.
class Evolutions {
public:
  Evolutions(NodeBuilder &nodes, Reporter &reporter, Hierarchy &grids,
             Arithmetic &arithmetic, States &states, Names &names,
             Boundaries &boundaries, Loops &loops, Iterations &iterations,
             Calls &calls, Expressions &expressions)
      : nodes(nodes), reporter(reporter), grids(grids), arithmetic(arithmetic),
        states(states), names(names), boundaries(boundaries), loops(loops),
        iterations(iterations), calls(calls), expressions(expressions) {}

  /// What the records of an evolution of the script are called in the program,
  /// and of each after how many steps it takes the next entry.
  struct Records {
    size_t first = 0;
    std::vector<NodeRef> intervals;
  };
  /// The state at the end of an evolution of the script, one value for each of
  /// its names; poison after an error.
  std::vector<Value> ofScript(const ast::EvolveStatement &statement,
                              Scope &scope, Records records);
  /// The same in a block, where nothing is recorded.
  std::vector<Value> inBlock(const ast::EvolveStatement &statement,
                             Scope &scope);

private:
  struct Evolution;
  std::vector<Value> stateAfter(Evolution evolution);
  bool read(Evolution &evolution);
  bool readCount(Evolution &evolution);
  bool findStart(Evolution &evolution);
  NodeRef initialValue(const ast::Expr &expr, Scope &scope);
  void chooseFields(Evolution &evolution, const Grid *grid);
  bool canEvolve(Evolution evolution, const Grid *grid);
  bool declareInitials(Evolution &evolution, const Grid *grid);
  std::vector<NodeRef> evolved(const Evolution &evolution);
  std::vector<Value> nextLevels(const Evolution &evolution,
                                const std::vector<NodeRef> &carried);
  Value nextLevel(const Value &next, const Type &before, SourceRange range);
  std::vector<NodeRef> recorded(const ast::RecordClause &record,
                                const Evolution &evolution,
                                const std::vector<Value> &state);
  bool recordPasses(const Evolution &evolution, Loop &loop,
                    const std::vector<Value> &after);
  bool recordStart(const Evolution &evolution, Loop &loop,
                   std::vector<Recording> passes);
  std::vector<NodeRef> evolvedFor(const Evolution &evolution);
  std::vector<NodeRef> evolvedUntil(const Evolution &evolution);

  NodeBuilder &nodes;
  Reporter &reporter;
  Hierarchy &grids;
  Arithmetic &arithmetic;
  States &states;
  Names &names;
  Boundaries &boundaries;
  Loops &loops;
  Iterations &iterations;
  Calls &calls;
  Expressions &expressions;
};

} // namespace pdec

#endif // PDEC_CHECK_EVOLUTIONS_H
