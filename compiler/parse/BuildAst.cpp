//===- BuildAst.cpp - ANTLR's tree to ours --------------------------------===//
//
// One function for each rule of the grammar. The grammar has no actions, so
// what an alternative means is decided here, by which of its tokens are there.
// A tree with a syntax error does not come here; what can still be wrong, such
// as a number beyond 64 bits, is reported and the tree built all the same.
//
//===----------------------------------------------------------------------===//

#include "compiler/parse/AstBuilder.h"

#include <cstdlib>
#include <type_traits>

using namespace pdec;
using namespace pdec::ast;
using pdec::grammar::PdeParser;
using pdec::syntax::AstBuilder;
using pdec::syntax::Places;

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

std::vector<Identifier> AstBuilder::identifiers(PdeParser::NamesContext *tree) {
  std::vector<Identifier> result;
  for (PdeParser::NameContext *name : tree->name())
    result.push_back(identifier(name));
  return result;
}

std::vector<ExprPtr>
AstBuilder::exprs(const std::vector<PdeParser::ExprContext *> &list) {
  std::vector<ExprPtr> result;
  for (PdeParser::ExprContext *e : list)
    result.push_back(expr(e));
  return result;
}

/// `fun` and `hierarchy` differ in their first word only.
template <typename Tree> StatementPtr AstBuilder::fun(Tree *tree) {
  auto result = std::make_unique<FunStatement>();
  result->isHierarchy =
      std::is_same_v<Tree, PdeParser::HierarchyStatementContext>;
  result->name = identifier(tree->name());
  result->formals = formals(tree->formals());
  result->body = body(tree->body());
  return result;
}

StatementPtr AstBuilder::statement(PdeParser::StatementContext *tree) {
  StatementPtr result;
  if (auto *t = tree->gridStatement())
    result = grid(t);
  else if (auto *t = tree->paramStatement())
    result = param(t);
  else if (auto *t = tree->inputStatement())
    result = input(t);
  else if (auto *t = tree->letStatement())
    result = let(t);
  else if (auto *t = tree->funStatement())
    result = fun(t);
  else if (auto *t = tree->hierarchyStatement())
    result = fun(t);
  else if (auto *t = tree->schemeStatement())
    result = scheme(t);
  else if (auto *t = tree->evolveStatement())
    result = evolve(t);
  else if (auto *t = tree->solveStatement())
    result = solve(t);
  else if (auto *t = tree->trainStatement())
    result = train(t);
  else if (auto *t = tree->requireStatement())
    result = require(t);
  else if (auto *t = tree->importStatement())
    result = import(t);
  else
    result = output(tree->outputStatement());
  auto *whole = static_cast<antlr4::ParserRuleContext *>(tree->children[0]);
  result->range = range(whole);
  return result;
}

/// The rules are keywords of the grammar as well.
static BoundaryKind ruleOfKeyword(const std::string &keyword) {
  size_t number = 0;
  // The keyword is a token of the grammar, so it is in the table.
  while (boundaryRules[number].keyword != keyword)
    ++number;
  return static_cast<BoundaryKind>(number);
}

Boundary AstBuilder::boundary(PdeParser::BoundaryRuleContext *tree) {
  Boundary result;
  result.range = range(tree);
  result.rule = ruleOfKeyword(tree->getStart()->getText());
  std::vector<ExprPtr> values = exprs(tree->expr());
  // robin(a, b, value): only this rule has weights of its own.
  if (values.size() == 3) {
    result.a = std::move(values[0]);
    result.b = std::move(values[1]);
  }
  if (!values.empty())
    result.value = std::move(values.back());
  return result;
}

OnGrid AstBuilder::onGrid(PdeParser::OnGridContext *tree) {
  OnGrid result;
  if (!tree)
    return result;
  result.grid = identifier(tree->name(0));
  for (size_t i = 1; i < tree->name().size(); ++i) {
    Identifier axis = identifier(tree->name(i));
    result.grid.text += "." + axis.text;
    result.grid.range.end = axis.range.end;
  }
  PdeParser::FieldBoundaryContext *part = tree->fieldBoundary();
  if (!part)
    return result;
  result.boundary = std::make_unique<GridClause>();
  result.boundary->range = range(part);
  if (part->boundaryRule()) {
    result.boundary->both = boundary(part->boundaryRule());
    return result;
  }
  // A field's own rule is the clause of a grid, and is read like one.
  result.boundary->kind = ClauseKind::Sides;
  for (PdeParser::SideRuleContext *one : part->sideRule())
    result.boundary->sides.push_back(side(one));
  return result;
}

GridClause::Side AstBuilder::side(PdeParser::SideRuleContext *tree) {
  GridClause::Side result;
  if (antlr4::tree::TerminalNode *axis = tree->NAME())
    result.axis = {axis->getText(), places.range(axis->getSymbol())};
  if (tree->LOW() || tree->HIGH())
    result.which =
        tree->HIGH() ? GridClause::Side::High : GridClause::Side::Low;
  result.boundary = boundary(tree->boundaryRule());
  result.range = range(tree);
  return result;
}

GridClause AstBuilder::clause(PdeParser::GridClauseContext *tree) {
  GridClause result;
  result.range = range(tree);
  if (auto *t = dynamic_cast<PdeParser::BoundaryClauseContext *>(tree)) {
    result.both = boundary(t->boundaryRule());
  } else if (auto *t = dynamic_cast<PdeParser::SidesClauseContext *>(tree)) {
    result.kind = ClauseKind::Sides;
    for (PdeParser::SideRuleContext *part : t->sideRule())
      result.sides.push_back(side(part));
  } else if (auto *t = dynamic_cast<PdeParser::SizeClauseContext *>(tree)) {
    result.kind = ClauseKind::Size;
    result.values.push_back(expr(t->expr()));
  } else if (auto *t = dynamic_cast<PdeParser::SpacingClauseContext *>(tree)) {
    result.kind = ClauseKind::Spacing;
    result.values.push_back(expr(t->expr()));
  } else if (auto *t = dynamic_cast<PdeParser::ExtentClauseContext *>(tree)) {
    result.kind = ClauseKind::Extent;
    result.values = exprs(t->expr());
  }
  return result;
}

StatementPtr AstBuilder::grid(PdeParser::GridStatementContext *tree) {
  auto result = std::make_unique<GridStatement>();
  result->name = identifier(tree->name());
  antlr4::Token *dimension = tree->DIMENSION()->getSymbol();
  result->dimensionsSpelling = dimension->getText();
  result->dimensionsRange = places.range(dimension);
  // 001d is 1d; strtol saturates.
  result->dimensions = std::strtol(dimension->getText().c_str(), nullptr, 10);
  if (tree->axisNames())
    result->axes = identifiers(tree->axisNames()->names());
  for (PdeParser::GridClauseContext *part : tree->gridClause())
    result->clauses.push_back(clause(part));
  return result;
}

StatementPtr AstBuilder::param(PdeParser::ParamStatementContext *tree) {
  auto result = std::make_unique<ParamStatement>();
  result->isTrainable = tree->TRAINABLE() != nullptr;
  for (PdeParser::ParamEntryContext *part : tree->paramEntry()) {
    ParamEntry entry;
    std::vector<PdeParser::NameContext *> names = part->name();
    std::vector<PdeParser::ExprContext *> values = part->expr();
    entry.name = identifier(names[0]);
    // `tau : real = 0.4`: the second name is the type.
    if (names.size() > 1)
      entry.type = identifier(names[1]);
    if (part->extents())
      entry.extents = exprs(part->extents()->expr());
    entry.initial = expr(values[0]);
    if (values.size() > 1)
      entry.where = expr(values[1]);
    entry.range = range(part);
    result->entries.push_back(std::move(entry));
  }
  return result;
}

StatementPtr AstBuilder::input(PdeParser::InputStatementContext *tree) {
  auto result = std::make_unique<InputStatement>();
  result->name = identifier(tree->name());
  result->on = onGrid(tree->onGrid());
  std::vector<ExprPtr> values = exprs(tree->expr());
  if (tree->ASSIGN())
    result->initial = std::move(values.back());
  if (tree->FACES())
    result->faces = std::move(values.front());
  return result;
}

StatementPtr AstBuilder::let(PdeParser::LetStatementContext *tree) {
  auto result = std::make_unique<LetStatement>();
  for (PdeParser::LetEntryContext *part : tree->letEntry())
    result->entries.push_back({identifiers(part->names()),
                               onGrid(part->onGrid()), expr(part->expr()),
                               range(part)});
  return result;
}

StatementPtr AstBuilder::var(PdeParser::VarItemContext *tree) {
  auto result = std::make_unique<LetStatement>(StatementKind::Var);
  for (PdeParser::VarEntryContext *part : tree->varEntry())
    result->entries.push_back(
        {identifiers(part->names()), {}, expr(part->expr()), range(part)});
  return result;
}

std::vector<Formal> AstBuilder::formals(PdeParser::FormalsContext *tree) {
  std::vector<Formal> result;
  if (!tree)
    return result;
  for (PdeParser::FormalContext *part : tree->formal()) {
    Formal formal;
    formal.name = identifier(part->name());
    if (part->expr())
      formal.initial = expr(part->expr());
    result.push_back(std::move(formal));
  }
  return result;
}

StatementPtr AstBuilder::scheme(PdeParser::SchemeStatementContext *tree) {
  auto result = std::make_unique<SchemeStatement>();
  result->name = identifier(tree->name());
  result->formals = formals(tree->formals());
  result->states = identifiers(tree->names());
  result->body = body(tree->body());
  return result;
}

StatementPtr AstBuilder::evolve(PdeParser::EvolveStatementContext *tree) {
  auto result = std::make_unique<EvolveStatement>();
  result->states = identifiers(tree->names());
  result->on = onGrid(tree->onGrid());
  result->initials = exprs(tree->expr());
  // In the order of the text: initial values, then the scheme after `by`, then
  // the count after `for` or the condition after `until`.
  (tree->FOR() ? result->count : result->until) =
      std::move(result->initials.back());
  result->atMost = atMost(tree->atMost());
  result->initials.pop_back();
  result->step = std::move(result->initials.back());
  result->initials.pop_back();
  for (PdeParser::RecordClauseContext *part : tree->recordClause())
    result->records.push_back(
        {identifier(part->name()), expr(part->expr(0)), expr(part->expr(1))});
  return result;
}

AtMost AstBuilder::atMost(PdeParser::AtMostContext *tree) {
  AtMost result;
  if (!tree)
    return result;
  result.count = expr(tree->expr());
  result.accept = tree->ACCEPT() != nullptr;
  return result;
}

StatementPtr AstBuilder::solve(PdeParser::SolveStatementContext *tree) {
  auto result = std::make_unique<SolveStatement>();
  std::vector<ExprPtr> parts = exprs(tree->expr());
  // In the order of the text; the initial value alone may be missing.
  size_t next = 0;
  result->equation.expr = std::move(parts[next++]);
  result->right = std::move(parts[next++]);
  if (tree->FROM())
    result->initial = std::move(parts[next++]);
  result->solver = std::move(parts[next++]);
  result->until = std::move(parts[next++]);
  result->atMost = atMost(tree->atMost());
  return result;
}

StatementPtr AstBuilder::train(PdeParser::TrainStatementContext *tree) {
  auto result = std::make_unique<TrainStatement>();
  result->weights = identifiers(tree->names());
  // In the order of the text; the size of a batch alone may be missing.
  std::vector<ExprPtr> parts = exprs(tree->expr());
  result->loss = std::move(parts[0]);
  result->optimiser = std::move(parts[1]);
  result->epochs = std::move(parts[2]);
  if (parts.size() > 3)
    result->batch = std::move(parts[3]);
  return result;
}

StatementPtr AstBuilder::output(PdeParser::OutputStatementContext *tree) {
  auto result = std::make_unique<OutputStatement>();
  for (PdeParser::OutputEntryContext *part : tree->outputEntry()) {
    OutputStatement::Entry entry;
    entry.name = identifier(part->name());
    if (part->expr())
      entry.value = expr(part->expr());
    result->entries.push_back(std::move(entry));
  }
  return result;
}

Text AstBuilder::text(antlr4::tree::TerminalNode *token) {
  std::string quoted = token->getText();
  return {quoted.substr(1, quoted.size() - 2),
          places.range(token->getSymbol())};
}

StatementPtr AstBuilder::require(PdeParser::RequireStatementContext *tree) {
  auto result = std::make_unique<RequireStatement>();
  result->condition = expr(tree->expr());
  result->message = text(tree->TEXT());
  return result;
}

StatementPtr AstBuilder::import(PdeParser::ImportStatementContext *tree) {
  auto result = std::make_unique<ImportStatement>();
  result->path = text(tree->TEXT());
  return result;
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

Body AstBuilder::body(PdeParser::BodyContext *tree) {
  Body result;
  if (tree->block())
    result.block = block(tree->block());
  else
    result.expr = expr(tree->expr());
  return result;
}

StatementPtr AstBuilder::item(PdeParser::BlockItemContext *tree) {
  StatementPtr result;
  if (auto *t = dynamic_cast<PdeParser::LetItemContext *>(tree)) {
    result = let(t->letStatement());
  } else if (auto *t = dynamic_cast<PdeParser::SolveItemContext *>(tree)) {
    result = solve(t->solveStatement());
  } else if (auto *t = dynamic_cast<PdeParser::EvolveItemContext *>(tree)) {
    result = evolve(t->evolveStatement());
  } else if (auto *t = dynamic_cast<PdeParser::RequireItemContext *>(tree)) {
    result = require(t->requireStatement());
  } else if (auto *t = dynamic_cast<PdeParser::VarItemContext *>(tree)) {
    result = var(t);
  } else if (auto *t = dynamic_cast<PdeParser::AssignItemContext *>(tree)) {
    auto assign = std::make_unique<AssignStatement>();
    assign->targets = identifiers(t->names());
    assign->values = exprs(t->expr());
    result = std::move(assign);
  } else {
    auto *t2 = static_cast<PdeParser::ForItemContext *>(tree);
    auto loop = std::make_unique<ForStatement>();
    loop->counter = identifier(t2->name());
    loop->first = expr(t2->expr(0));
    loop->last = expr(t2->expr(1));
    loop->body = block(t2->block());
    result = std::move(loop);
  }
  result->range = range(tree);
  return result;
}

std::unique_ptr<Block> AstBuilder::block(PdeParser::BlockContext *tree) {
  auto result = std::make_unique<Block>();
  result->range = range(tree);
  for (PdeParser::BlockItemContext *part : tree->blockItem())
    result->statements.push_back(item(part));
  if (tree->expr())
    result->result = expr(tree->expr());
  return result;
}

StatementPtr syntax::buildStatement(PdeParser::StatementContext *tree,
                                    const Places &places,
                                    DiagnosticEngine &diagnostics) {
  return AstBuilder(places, diagnostics).statement(tree);
}
