//===- AstBuilder.h - the parts of BuildAst ---------------------*- C++ -*-===//

#ifndef PDEC_PARSE_ASTBUILDER_H
#define PDEC_PARSE_ASTBUILDER_H

#include "compiler/parse/BuildAst.h"

namespace pdec::syntax {

/// Builds one statement. Its members follow the rules of the grammar.
class AstBuilder {
public:
  AstBuilder(const Places &places, DiagnosticEngine &diagnostics)
      : places(places), diagnostics(diagnostics) {}

  ast::StatementPtr statement(grammar::PdeParser::StatementContext *tree);

private:
  SourceRange range(antlr4::ParserRuleContext *tree) {
    return places.range(tree->getStart(), tree->getStop());
  }
  ast::Identifier identifier(grammar::PdeParser::NameContext *tree) {
    return {tree->getText(), range(tree)};
  }
  std::vector<ast::Identifier>
  identifiers(grammar::PdeParser::NamesContext *tree);
  std::vector<ast::ExprPtr>
  exprs(const std::vector<grammar::PdeParser::ExprContext *> &list);

  ast::StatementPtr grid(grammar::PdeParser::GridStatementContext *tree);
  ast::GridClause clause(grammar::PdeParser::GridClauseContext *tree);
  ast::Boundary boundary(grammar::PdeParser::BoundaryRuleContext *tree);
  ast::OnGrid onGrid(grammar::PdeParser::OnGridContext *tree);
  ast::StatementPtr param(grammar::PdeParser::ParamStatementContext *tree);
  ast::StatementPtr input(grammar::PdeParser::InputStatementContext *tree);
  ast::StatementPtr let(grammar::PdeParser::LetStatementContext *tree);
  ast::StatementPtr var(grammar::PdeParser::VarItemContext *tree);
  ast::Text text(antlr4::tree::TerminalNode *token);
  ast::StatementPtr require(grammar::PdeParser::RequireStatementContext *tree);
  ast::StatementPtr import(grammar::PdeParser::ImportStatementContext *tree);
  template <typename Tree> ast::StatementPtr fun(Tree *tree);
  ast::StatementPtr scheme(grammar::PdeParser::SchemeStatementContext *tree);
  ast::StatementPtr evolve(grammar::PdeParser::EvolveStatementContext *tree);
  ast::StatementPtr solve(grammar::PdeParser::SolveStatementContext *tree);
  ast::StatementPtr train(grammar::PdeParser::TrainStatementContext *tree);
  ast::AtMost atMost(grammar::PdeParser::AtMostContext *tree);
  ast::GridClause::Side side(grammar::PdeParser::SideRuleContext *tree);
  ast::StatementPtr output(grammar::PdeParser::OutputStatementContext *tree);
  ast::StatementPtr item(grammar::PdeParser::BlockItemContext *tree);
  std::vector<ast::Formal> formals(grammar::PdeParser::FormalsContext *tree);
  ast::Body body(grammar::PdeParser::BodyContext *tree);
  std::unique_ptr<ast::Block> block(grammar::PdeParser::BlockContext *tree);

  ast::ExprPtr expr(grammar::PdeParser::ExprContext *tree);
  ast::ExprPtr exprOf(grammar::PdeParser::ExprContext *tree);
  ast::ExprPtr primary(grammar::PdeParser::PrimaryContext *tree);
  ast::ExprPtr literal(antlr4::Token *token);
  ast::ExprPtr call(grammar::PdeParser::CallExprContext *tree);
  ast::ExprPtr index(grammar::PdeParser::IndexExprContext *tree);
  ast::ExprPtr compare(grammar::PdeParser::CompareExprContext *tree);
  ast::ExprPtr choice(grammar::PdeParser::IfExprContext *tree);
  ast::ExprPtr arrow(grammar::PdeParser::ArrowExprContext *tree);
  ast::ExprPtr fixpoint(grammar::PdeParser::FixpointExprContext *tree);
  ast::ExprPtr unary(ast::UnaryOp op, grammar::PdeParser::ExprContext *operand);
  ast::ExprPtr
  binary(antlr4::ParserRuleContext *tree,
         const std::vector<grammar::PdeParser::ExprContext *> &operands);

  const Places &places;
  DiagnosticEngine &diagnostics;
};

} // namespace pdec::syntax

#endif // PDEC_PARSE_ASTBUILDER_H
