//===- Ast.h - a script as it was written -----------------------*- C++ -*-===//
//
// The syntax tree. It keeps all that the formatter needs to print the script
// again (parentheses, spellings of numbers, comments) and the range of each
// part. Nothing here is checked beyond the grammar.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_AST_AST_H
#define PDEC_AST_AST_H

#include "compiler/support/Boundary.h"
#include "compiler/support/Source.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace pdec::ast {

struct Block;

struct Identifier {
  std::string text;
  SourceRange range;
};

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

enum class ExprKind {
  Number,
  Boolean,
  Name,
  Member,
  Adjoint,
  Call,
  Index,
  Unary,
  Binary,
  Compare,
  If,
  List,
  Arrow,
  Fixpoint,
};

struct Expr {
  ExprKind kind;
  SourceRange range; ///< without its parentheses
  bool parenthesized = false;

  virtual ~Expr() = default;

protected:
  explicit Expr(ExprKind kind) : kind(kind) {}
};
using ExprPtr = std::unique_ptr<Expr>;

/// The bodies of functions, schemes and arrows: one of the two is set.
struct Body {
  ExprPtr expr;
  std::unique_ptr<Block> block;
};

struct NumberExpr : Expr {
  NumberExpr() : Expr(ExprKind::Number) {}
  std::string spelling;
  bool isInteger = false;
  int64_t integer = 0;
  double real = 0; ///< also set for integers
};

struct BooleanExpr : Expr {
  BooleanExpr() : Expr(ExprKind::Boolean) {}
  bool value = false;
};

struct NameExpr : Expr {
  NameExpr() : Expr(ExprKind::Name) {}
  std::string name;
};

/// X.x, an axis of a grid.
struct MemberExpr : Expr {
  MemberExpr() : Expr(ExprKind::Member) {}
  ExprPtr object;
  Identifier member;
};

/// K'
struct AdjointExpr : Expr {
  AdjointExpr() : Expr(ExprKind::Adjoint) {}
  ExprPtr operand;
};

struct Argument {
  Identifier name; ///< empty text for positional arguments
  ExprPtr value;
};

struct CallExpr : Expr {
  CallExpr() : Expr(ExprKind::Call) {}
  ExprPtr callee;
  std::vector<Argument> arguments;
};

/// W[k, i]
struct IndexExpr : Expr {
  IndexExpr() : Expr(ExprKind::Index) {}
  ExprPtr object;
  std::vector<ExprPtr> indices;
};

enum class UnaryOp { Minus, Plus, Not };

struct UnaryExpr : Expr {
  UnaryExpr() : Expr(ExprKind::Unary) {}
  UnaryOp op = UnaryOp::Minus;
  ExprPtr operand;
};

enum class BinaryOp { Add, Sub, Mul, Div, Pow, And, Or };

struct BinaryExpr : Expr {
  BinaryExpr() : Expr(ExprKind::Binary) {}
  BinaryOp op = BinaryOp::Add;
  SourceRange opRange;
  ExprPtr left, right;
};

enum class CompareOp {
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Equal,
  NotEqual
};

/// A chain, 0 < tau <= 0.5: one operator less than operands.
struct CompareExpr : Expr {
  CompareExpr() : Expr(ExprKind::Compare) {}
  std::vector<ExprPtr> operands;
  std::vector<CompareOp> ops;
};

struct IfExpr : Expr {
  IfExpr() : Expr(ExprKind::If) {}
  ExprPtr condition;
  Body whenTrue, whenFalse;
};

struct ListExpr : Expr {
  ListExpr() : Expr(ExprKind::List) {}
  std::vector<ExprPtr> elements;
};

/// u -> body or (u, v) -> body, a map without a name.
struct ArrowExpr : Expr {
  ArrowExpr() : Expr(ExprKind::Arrow) {}
  std::vector<Identifier> formals;
  Body body;
};

/// at most N, else accept
struct AtMost {
  ExprPtr count; ///< null if not written
  bool accept = false;
};

/// fixpoint u, v from a, b { statements  new u, new v } until ..., at most ...
struct FixpointExpr : Expr {
  FixpointExpr() : Expr(ExprKind::Fixpoint) {}
  std::vector<Identifier> states;
  std::vector<ExprPtr> initials;
  std::unique_ptr<Block> body; ///< without a result
  std::vector<ExprPtr> values;
  ExprPtr until;
  AtMost atMost;
};

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

enum class StatementKind {
  Grid,
  Param,
  Input,
  Let,
  Fun,
  Scheme,
  Evolve,
  Solve,
  Train,
  Output,
  Require,
  Import,
  // Only in blocks.
  Var,
  Assign,
  For,
};

struct Statement {
  StatementKind kind;
  SourceRange range;

  virtual ~Statement() = default;

protected:
  explicit Statement(StatementKind kind) : kind(kind) {}
};
using StatementPtr = std::unique_ptr<Statement>;

struct Boundary {
  BoundaryKind rule = BoundaryKind::Reflecting;
  ExprPtr value; ///< of dirichlet, neumann and robin
  ExprPtr a, b;  ///< of robin
  SourceRange range;
};

enum class ClauseKind { Boundary, Sides, Size, Spacing, Extent };

struct GridClause {
  ClauseKind kind = ClauseKind::Boundary;
  SourceRange range;
  /// Size, spacing: one, maybe a list; extent: two numbers, or a list for each
  /// axis.
  std::vector<ExprPtr> values;
  /// Boundary: one, for both sides.
  Boundary both;
  /// Sides: in the order written.
  struct Side {
    enum Which { Low, High, Both };
    Identifier axis; ///< empty text: of all axes
    Which which = Both;
    Boundary boundary;
    SourceRange range;
  };
  std::vector<Side> sides;
};

/// Where a field lives, and its own boundary rule.
struct OnGrid {
  Identifier grid; ///< X, or X.y with axes; empty text if not written
  std::unique_ptr<GridClause> boundary; ///< may be null
};

struct GridStatement : Statement {
  GridStatement() : Statement(StatementKind::Grid) {}
  Identifier name;
  int64_t dimensions = 1; ///< large numbers are all the same: too many
  std::string dimensionsSpelling;
  SourceRange dimensionsRange;
  std::vector<GridClause> clauses;
  std::vector<Identifier> axes; ///< none if not written
};

struct ParamEntry {
  Identifier name;
  Identifier type;              ///< empty text if not written
  std::vector<ExprPtr> extents; ///< of an array
  ExprPtr initial;
  ExprPtr where; ///< may be null
  SourceRange range;
};

struct ParamStatement : Statement {
  ParamStatement() : Statement(StatementKind::Param) {}
  bool isTrainable = false;
  std::vector<ParamEntry> entries;
};

struct InputStatement : Statement {
  InputStatement() : Statement(StatementKind::Input) {}
  Identifier name;
  OnGrid on;
  ExprPtr faces;   ///< the operator on whose results' rows it lives, or null
  ExprPtr initial; ///< may be null
};

/// At the top and in blocks; `var` in blocks is the same with another kind.
/// Several names take a list apart. With a grid, they are fields of it.
struct LetStatement : Statement {
  explicit LetStatement(StatementKind kind = StatementKind::Let)
      : Statement(kind) {}
  struct Entry {
    std::vector<Identifier> names;
    OnGrid on;
    ExprPtr value;
    SourceRange range;
  };
  std::vector<Entry> entries; ///< each sees those before
};

struct Formal {
  Identifier name;
  ExprPtr initial; ///< may be null
};

struct FunStatement : Statement {
  FunStatement() : Statement(StatementKind::Fun) {}
  bool isHierarchy = false; ///< `hierarchy`: it may call itself
  Identifier name;
  std::vector<Formal> formals;
  Body body;
};

struct SchemeStatement : Statement {
  SchemeStatement() : Statement(StatementKind::Scheme) {}
  Identifier name;
  std::vector<Formal> formals;
  std::vector<Identifier> states;
  Body body;
};

/// record name = value every count
struct RecordClause {
  Identifier name;
  ExprPtr value, every;
};

struct EvolveStatement : Statement {
  EvolveStatement() : Statement(StatementKind::Evolve) {}
  std::vector<Identifier> states;
  OnGrid on;
  std::vector<ExprPtr> initials;
  ExprPtr step;
  /// for count steps, or until a condition; the other is null
  ExprPtr count, until;
  AtMost atMost;
  std::vector<RecordClause> records;
};

/// solve A(u) = b from initial by solver until condition
struct SolveStatement : Statement {
  SolveStatement() : Statement(StatementKind::Solve) {}
  Body equation; ///< an expression: A(u), or any other with one new name
  ExprPtr right, initial /* may be null */, solver, until;
  AtMost atMost;
};

/// train weights minimising loss by optimiser for count epochs, batch size
struct TrainStatement : Statement {
  TrainStatement() : Statement(StatementKind::Train) {}
  std::vector<Identifier> weights;
  ExprPtr loss, optimiser, epochs;
  ExprPtr batch; ///< may be null
};

struct OutputStatement : Statement {
  OutputStatement() : Statement(StatementKind::Output) {}
  struct Entry {
    Identifier name;
    ExprPtr value; ///< null: the field of that name
  };
  std::vector<Entry> entries;
};

/// What stands between quotation marks.
struct Text {
  std::string text;
  SourceRange range; ///< with the marks
};

/// require condition, "what to tell where it does not hold"
struct RequireStatement : Statement {
  RequireStatement() : Statement(StatementKind::Require) {}
  ExprPtr condition;
  Text message;
};

struct ImportedFile;

/// import "file.pde"
struct ImportStatement : Statement {
  ImportStatement() : Statement(StatementKind::Import) {}
  Text path;
  /// Null before it is read, and where another import has the same file.
  std::shared_ptr<const ImportedFile> file;
};

struct AssignStatement : Statement {
  AssignStatement() : Statement(StatementKind::Assign) {}
  std::vector<Identifier> targets;
  std::vector<ExprPtr> values;
};

struct ForStatement : Statement {
  ForStatement() : Statement(StatementKind::For) {}
  Identifier counter;
  ExprPtr first, last;
  std::unique_ptr<Block> body;
};

/// { statements, and in functions a result }
struct Block {
  std::vector<StatementPtr> statements;
  ExprPtr result; ///< may be null
  SourceRange range;
};

//===----------------------------------------------------------------------===//
// Scripts
//===----------------------------------------------------------------------===//

struct Comment {
  SourceRange range; ///< from the # to the end of its line
};

struct Script {
  const SourceFile *file = nullptr;
  std::vector<StatementPtr> statements;
  std::vector<Comment> comments; ///< in the order of the text
};

/// A file that a script imports, which lives as long as the script's tree.
struct ImportedFile {
  SourceFile source;
  std::unique_ptr<Script> script; ///< null where it is no text
};

/// The statements of a script and, in their places, of what it imports.
std::vector<const Statement *> allStatements(const Script &script);

/// The first name that an expression of operators and calls mentions and that
/// `accepts` takes; null for none. Bodies with names of their own are passed
/// by.
const NameExpr *findName(const Expr &e,
                         const std::function<bool(const NameExpr &)> &accepts);

/// The unknown of A(u), or null if that is no equation's left side.
const NameExpr *findUnknown(const Expr &equation);

/// The node as what its kind says that it is.
template <typename T> const T &as(const Expr &expr) {
  return static_cast<const T &>(expr);
}
template <typename T> const T &as(const Statement &statement) {
  return static_cast<const T &>(statement);
}

/// The operators as scripts spell them.
const char *spelling(UnaryOp op);
const char *spelling(BinaryOp op);
const char *spelling(CompareOp op);

} // namespace pdec::ast

#endif // PDEC_AST_AST_H
