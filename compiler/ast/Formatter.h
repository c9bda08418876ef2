//===- Formatter.h - the parts of the formatter -----------------*- C++ -*-===//

#ifndef PDEC_AST_FORMATTER_H
#define PDEC_AST_FORMATTER_H

#include "compiler/ast/Ast.h"
#include "compiler/ast/Layout.h"

namespace pdec::ast {

/// Turns a script into a document, comments included.
class Formatter {
public:
  explicit Formatter(const Script &script)
      : script(script), taken(script.comments.size()) {}

  std::string run();

private:
  // Comments.
  size_t firstCommentAt(uint32_t offset) const;
  std::string commentText(size_t index) const;
  int lineOf(uint32_t offset) const {
    return script.file->position(offset).line;
  }
  bool standsAlone(size_t index) const;

  // Sequences of statements.
  /// `result`, if there is one, is set last, behind `word`.
  Doc statements(const std::vector<StatementPtr> &list, const char *word,
                 const std::vector<const Expr *> &result, uint32_t begin,
                 uint32_t end);
  void addEntry(Doc &out, Doc entry, const SourceRange &range);
  void addComments(Doc &out, uint32_t begin, uint32_t end);
  void startLine(Doc &out, uint32_t offset);
  bool atStart = true;
  int lastLine = 0; ///< of the source text set so far

  // Statements.
  Doc statement(const Statement &statement);
  Doc grid(const GridStatement &grid);
  Doc clause(const GridClause &clause);
  Doc boundary(const Boundary &boundary);
  Doc param(const ParamStatement &param);
  Doc scheme(const SchemeStatement &scheme);
  Doc onGrid(const OnGrid &on);
  Doc evolve(const EvolveStatement &evolve);
  Doc solve(const SolveStatement &solve);
  Doc train(const TrainStatement &train);
  Doc atMost(const AtMost &limit);
  Doc output(const OutputStatement &output);
  Doc let(const LetStatement &let);
  Doc require(const RequireStatement &require);
  Doc assign(const AssignStatement &assign);
  Doc loop(const ForStatement &loop);
  Doc formals(const std::vector<Formal> &formals);
  Doc body(const Body &body);
  Doc block(const Block &block);

  // Expressions.
  Doc expr(const Expr &expr);
  Doc bare(const Expr &expr);
  Doc continued(const Expr &expr);
  Doc branch(const Body &body);
  Doc fixpoint(const FixpointExpr &fixpoint);
  Doc call(const CallExpr &call);
  Doc binary(const BinaryExpr &binary);
  Doc compare(const CompareExpr &compare);
  void addOperand(Doc &out, const Expr &operand, BinaryOp op);

  /// Items with commas, a line break possible after each.
  struct Item {
    Doc doc;
    uint32_t begin, end;
  };
  /// `filled`: as many in a line as fit, else all on one line or one a line.
  Doc commaList(std::vector<Item> items, bool filled = false);
  Doc exprList(const std::vector<ExprPtr> &list);

  const Script &script;
  std::vector<bool> taken;
};

} // namespace pdec::ast

#endif // PDEC_AST_FORMATTER_H
