//===- Expressions.h - what can be evaluated --------------------*- C++ -*-===//

#ifndef PDEC_CHECK_EXPRESSIONS_H
#define PDEC_CHECK_EXPRESSIONS_H

#include "compiler/check/Values.h"
#include "compiler/program/NodeBuilder.h"

namespace pdec {

/// What the parts of the checker need of the one that walks syntax. Has no data
/// of its own; poison and null mean an error that has been reported.
class Expressions {
public:
  Expressions(Reporter &reporter, NodeBuilder &nodes)
      : reporter(reporter), nodes(nodes) {}
  virtual ~Expressions() = default;

  virtual Value eval(const ast::Expr &expr, Scope &scope) = 0;
  /// Runs the statements of a block in its scope; false (reported) where what
  /// it requires does not hold.
  virtual bool evalBlock(const ast::Block &block, Scope &scope) = 0;
  /// What an equation is solved by, and the unknown's name; without one if the
  /// equation is none.
  virtual Value solution(const ast::SolveStatement &solve, Scope &scope,
                         ast::Identifier &unknown) = 0;
  /// The state at the end of an evolution in a block, for each of its names.
  virtual std::vector<Value> evolved(const ast::EvolveStatement &evolve,
                                     Scope &scope) = 0;
  /// Checks what the script itself or another place requires, or lets the run
  /// do so; false (reported) if it does not hold.
  virtual bool require(const ast::RequireStatement &statement, Scope &scope,
                       bool isOfScript) = 0;

  /// A number that is the same for the whole grid. `what` names it in errors.
  NodeRef evalScalar(const ast::Expr &expr, Scope &scope,
                     const std::string &what);
  /// An integer, or a real number that is whole whatever parameters are.
  NodeRef evalInteger(const ast::Expr &expr, Scope &scope,
                      const std::string &what);
  NodeRef evalConstant(const ast::Expr &expr, Scope &scope,
                       const std::string &what);
  NodeRef evalCondition(const ast::Expr &expr, Scope &scope);
  /// The value as a condition; null after an error.
  NodeRef conditionOf(const Value &value, SourceRange range);

private:
  Reporter &reporter;
  NodeBuilder &nodes;
};

} // namespace pdec

#endif // PDEC_CHECK_EXPRESSIONS_H
