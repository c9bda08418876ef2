//===- BoundaryVariants.cpp - a script under other boundary rules ---------===//

#include "compiler/verify/BoundaryVariants.h"
#include "compiler/check/Check.h"
#include "compiler/parse/Parse.h"
#include "compiler/script/Imports.h"

#include <algorithm>

namespace pdec::driver {

const std::vector<std::string> &boundaryVariants() {
  static const std::vector<std::string> clauses = {
      "boundary reflecting",
      "boundary periodic",
      "boundary dirichlet 0",
      "boundary neumann 0.5",
      "boundary robin(1, 0.5, 0.25)",
      "boundary low extrapolated, high dirichlet 0.5",
      "boundary low dirichlet 0.25, high reflecting",
      "boundary low reflecting, high dirichlet -0.5"};
  return clauses;
}

static std::vector<ast::GridStatement *> gridsOf(ast::Script &script) {
  std::vector<ast::GridStatement *> grids;
  for (ast::StatementPtr &statement : script.statements)
    if (statement->kind == ast::StatementKind::Grid)
      grids.push_back(static_cast<ast::GridStatement *>(statement.get()));
  return grids;
}

static bool isBoundary(const ast::GridClause &clause) {
  return clause.kind == ast::ClauseKind::Boundary ||
         clause.kind == ast::ClauseKind::Sides;
}

/// Gives a grid the boundary clause of a one-line script; as it names no axis,
/// it holds for all of them.
static void replaceBoundary(ast::GridStatement &grid,
                            std::unique_ptr<ast::Script> donor) {
  auto &clauses = grid.clauses;
  clauses.erase(std::remove_if(clauses.begin(), clauses.end(), isBoundary),
                clauses.end());
  for (ast::GridClause &clause : gridsOf(*donor).front()->clauses)
    if (isBoundary(clause))
      clauses.push_back(std::move(clause));
}

/// Cuts `levels = 7` in the call of a solver or a scheme; true if there was
/// such an argument.
static bool reduceLevels(ast::Expr &expr) {
  if (expr.kind != ast::ExprKind::Call)
    return false;
  bool reduced = false;
  for (ast::Argument &argument : static_cast<ast::CallExpr &>(expr).arguments) {
    if (argument.value->kind == ast::ExprKind::Call)
      reduced |= reduceLevels(*argument.value);
    if (argument.name.text != "levels" ||
        argument.value->kind != ast::ExprKind::Number)
      continue;
    auto &number = static_cast<ast::NumberExpr &>(*argument.value);
    if (!number.isInteger || number.integer <= mostLevels)
      continue;
    number.integer = mostLevels;
    number.real = double(mostLevels);
    reduced = true;
  }
  return reduced;
}

static bool reduceLevels(ast::Script &script) {
  bool reduced = false;
  for (ast::StatementPtr &statement : script.statements) {
    if (statement->kind == ast::StatementKind::Solve)
      reduced |=
          reduceLevels(*static_cast<ast::SolveStatement &>(*statement).solver);
    if (statement->kind == ast::StatementKind::Evolve)
      reduced |=
          reduceLevels(*static_cast<ast::EvolveStatement &>(*statement).step);
  }
  return reduced;
}

BoundaryVariant::BoundaryVariant(const std::string &path,
                                 const std::string &text,
                                 const std::string &clause, bool allLevels)
    : source(path, text), donor("boundary", "grid V : 1d, " + clause + "\n") {
  script = parse(source, diagnostics);
  if (!script || diagnostics.hasErrors())
    return;
  readImports(*script, diagnostics);
  if (diagnostics.hasErrors())
    return;
  if (!clause.empty())
    for (ast::GridStatement *grid : gridsOf(*script)) {
      auto clauses = parse(donor, diagnostics);
      if (!clauses || diagnostics.hasErrors())
        return;
      replaceBoundary(*grid, std::move(clauses));
    }
  if (!allLevels)
    fewerLevels = reduceLevels(*script);
  checked = check(*script, diagnostics);
  if (diagnostics.hasErrors())
    checked.reset();
}

} // namespace pdec::driver
