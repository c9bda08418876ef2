//===- Blocks.h - statements of blocks --------------------------*- C++ -*-===//

#ifndef PDEC_CHECK_BLOCKS_H
#define PDEC_CHECK_BLOCKS_H

#include "compiler/check/Boundaries.h"
#include "compiler/check/Loops.h"

namespace pdec {

/// Runs the statements of blocks, which may declare and assign. Has no data of
/// its own: variables are those of scopes.
class Blocks {
public:
  Blocks(Reporter &reporter, Beyond &beyond, Arithmetic &arithmetic,
         States &states, Names &names, Effort &effort, Loops &loops,
         Boundaries &boundaries, Expressions &expressions)
      : reporter(reporter), beyond(beyond), arithmetic(arithmetic),
        states(states), names(names), effort(effort), loops(loops),
        boundaries(boundaries), expressions(expressions) {}

  /// False (reported) where what the block requires does not hold.
  bool run(const ast::Block &block, Scope &scope);
  void evalLet(const ast::LetStatement &let, Scope &scope, Role role);

private:
  bool evalStatement(const ast::Statement &statement, Scope &scope);
  void refuseHiding(const ast::LetStatement::Entry &let,
                    const ast::Identifier &name, Scope &scope, Role role);
  void evalEntry(const ast::LetStatement::Entry &let, Scope &scope, Role role);
  void evalSolve(const ast::SolveStatement &solve, Scope &scope);
  void evalEvolve(const ast::EvolveStatement &evolve, Scope &scope);
  void setResult(const ast::Identifier &name, Value value, Scope &scope,
                 SourceRange range);
  void evalAssign(const ast::AssignStatement &assign, Scope &scope);
  Value assigned(const Value &before, const Value &now, SourceRange range);
  void evalFor(const ast::ForStatement &loop, Scope &scope);
  Scope *findVariable(Scope &scope, const ast::Identifier &name);

  Reporter &reporter;
  Beyond &beyond;
  Arithmetic &arithmetic;
  States &states;
  Names &names;
  Effort &effort;
  Loops &loops;
  Boundaries &boundaries;
  Expressions &expressions;
};

/// Reports that a block gives no result.
void reportNoResult(const ast::Block &block, Reporter &reporter);

/// One list where several values are asked for is its entries; false (reported)
/// if the number is wrong then.
bool takeApart(std::vector<Value> &values, size_t count, SourceRange range,
               Reporter &reporter);

} // namespace pdec

#endif // PDEC_CHECK_BLOCKS_H
