//===- BuildExpr.cpp - ANTLR's expressions to ours ------------------------===//
//
// One function for each alternative of the grammar's `expr`, by the labels that
// it has there (PdeParser.g4). A tree arrives here only when its statement had
// no syntax error, so children need no checks. Ranges are set in one place,
// expr(), for whole expressions: messages point at them.
//
//===----------------------------------------------------------------------===//

#include "compiler/parse/AstBuilder.h"

#include <cerrno>
#include <cmath>
#include <cstdlib>

using namespace pdec;
using namespace pdec::ast;
using pdec::grammar::PdeParser;
using pdec::syntax::AstBuilder;

/// The token of the tree's child `index`, which is a leaf.
static antlr4::Token *leaf(antlr4::ParserRuleContext *tree, size_t index) {
  return static_cast<antlr4::tree::TerminalNode *>(tree->children[index])
      ->getSymbol();
}

ExprPtr AstBuilder::literal(antlr4::Token *token) {
  if (token->getType() == PdeParser::TRUE ||
      token->getType() == PdeParser::FALSE) {
    auto result = std::make_unique<BooleanExpr>();
    result->value = token->getType() == PdeParser::TRUE;
    return result;
  }
  auto result = std::make_unique<NumberExpr>();
  result->spelling = token->getText();
  result->isInteger = token->getType() == PdeParser::INTEGER;
  const char *text = result->spelling.c_str();
  errno = 0;
  if (result->isInteger)
    result->integer = std::strtoll(text, nullptr, 10);
  // Before strtod, which has its own ideas of errno.
  bool tooLarge = result->isInteger && errno == ERANGE;
  result->real = std::strtod(text, nullptr);
  // The value stays what it saturates at: one error is enough.
  if (tooLarge || std::isinf(result->real)) {
    Diagnostic &error = diagnostics.report(Error::NumberOutOfRange,
                                           places.range(token), "this number");
    if (result->isInteger)
      error.help("a real number is written with a point: 1.0");
  }
  return result;
}

ExprPtr AstBuilder::primary(PdeParser::PrimaryContext *tree) {
  if (auto *t = dynamic_cast<PdeParser::ParenExprContext *>(tree)) {
    ExprPtr inner = expr(t->expr());
    // No node: only chains of comparisons and the layout (fmt) need to know.
    inner->parenthesized = true;
    return inner;
  }
  ExprPtr result;
  if (auto *t = dynamic_cast<PdeParser::NameExprContext *>(tree)) {
    auto name = std::make_unique<NameExpr>();
    name->name = t->getText();
    result = std::move(name);
  } else if (auto *t = dynamic_cast<PdeParser::ListExprContext *>(tree)) {
    auto list = std::make_unique<ListExpr>();
    list->elements = exprs(t->expr());
    result = std::move(list);
  } else {
    result = literal(tree->getStart());
  }
  result->range = range(tree);
  return result;
}

ExprPtr AstBuilder::call(PdeParser::CallExprContext *tree) {
  auto result = std::make_unique<CallExpr>();
  result->callee = expr(tree->expr());
  if (!tree->arguments())
    return result;
  for (PdeParser::ArgumentContext *part : tree->arguments()->argument()) {
    Argument argument;
    if (part->name())
      argument.name = identifier(part->name());
    argument.value = expr(part->expr());
    result->arguments.push_back(std::move(argument));
  }
  return result;
}

ExprPtr AstBuilder::index(PdeParser::IndexExprContext *tree) {
  auto result = std::make_unique<IndexExpr>();
  result->indices = exprs(tree->expr());
  result->object = std::move(result->indices.front());
  result->indices.erase(result->indices.begin());
  return result;
}

static CompareOp compareOp(antlr4::Token *token) {
  switch (token->getType()) {
  case PdeParser::LESS:
    return CompareOp::Less;
  case PdeParser::LESS_EQUAL:
    return CompareOp::LessEqual;
  case PdeParser::GREATER:
    return CompareOp::Greater;
  case PdeParser::GREATER_EQUAL:
    return CompareOp::GreaterEqual;
  case PdeParser::EQUAL:
    return CompareOp::Equal;
  default:
    return CompareOp::NotEqual;
  }
}

/// The grammar nests a chain to the left; here it is flat.
ExprPtr AstBuilder::compare(PdeParser::CompareExprContext *tree) {
  ExprPtr left = expr(tree->expr(0));
  std::unique_ptr<CompareExpr> chain;
  if (left->kind == ExprKind::Compare && !left->parenthesized) {
    chain.reset(static_cast<CompareExpr *>(left.release()));
  } else {
    chain = std::make_unique<CompareExpr>();
    chain->operands.push_back(std::move(left));
  }
  chain->ops.push_back(compareOp(leaf(tree, 1)));
  chain->operands.push_back(expr(tree->expr(1)));
  return chain;
}

ExprPtr AstBuilder::choice(PdeParser::IfExprContext *tree) {
  auto result = std::make_unique<IfExpr>();
  result->condition = expr(tree->expr());
  result->whenTrue = body(tree->body(0));
  result->whenFalse = body(tree->body(1));
  return result;
}

ExprPtr AstBuilder::arrow(PdeParser::ArrowExprContext *tree) {
  auto result = std::make_unique<ArrowExpr>();
  if (tree->names())
    result->formals = identifiers(tree->names());
  else
    result->formals.push_back(identifier(tree->name()));
  result->body = body(tree->body());
  return result;
}

ExprPtr AstBuilder::fixpoint(PdeParser::FixpointExprContext *tree) {
  auto result = std::make_unique<FixpointExpr>();
  result->states = identifiers(tree->names());
  result->initials = exprs(tree->expr());
  // The last expression follows `until`; all before it are initial values.
  result->until = std::move(result->initials.back());
  result->initials.pop_back();
  result->body = std::make_unique<Block>();
  // A block in all but the braces.
  result->body->range = range(tree);
  for (PdeParser::BlockItemContext *part : tree->blockItem())
    result->body->statements.push_back(item(part));
  result->values = exprs(tree->fixpointValues()->expr());
  result->atMost = atMost(tree->atMost());
  return result;
}

ExprPtr AstBuilder::unary(UnaryOp op, PdeParser::ExprContext *operand) {
  auto result = std::make_unique<UnaryExpr>();
  result->op = op;
  result->operand = expr(operand);
  return result;
}

static BinaryOp binaryOp(antlr4::Token *token) {
  switch (token->getType()) {
  case PdeParser::PLUS:
    return BinaryOp::Add;
  case PdeParser::MINUS:
    return BinaryOp::Sub;
  case PdeParser::STAR:
    return BinaryOp::Mul;
  case PdeParser::SLASH:
    return BinaryOp::Div;
  case PdeParser::CARET:
    return BinaryOp::Pow;
  case PdeParser::AND:
    return BinaryOp::And;
  default:
    return BinaryOp::Or;
  }
}

ExprPtr
AstBuilder::binary(antlr4::ParserRuleContext *tree,
                   const std::vector<PdeParser::ExprContext *> &operands) {
  auto result = std::make_unique<BinaryExpr>();
  result->op = binaryOp(leaf(tree, 1));
  result->opRange = places.range(leaf(tree, 1));
  result->left = expr(operands[0]);
  result->right = expr(operands[1]);
  return result;
}

ExprPtr AstBuilder::expr(PdeParser::ExprContext *tree) {
  if (auto *t = dynamic_cast<PdeParser::PrimaryExprContext *>(tree))
    return primary(t->primary());
  ExprPtr result = exprOf(tree);
  result->range = range(tree);
  return result;
}

/// All kinds of expressions but the primary ones, without their ranges.
ExprPtr AstBuilder::exprOf(PdeParser::ExprContext *tree) {
  if (auto *t = dynamic_cast<PdeParser::CallExprContext *>(tree))
    return call(t);
  if (auto *t = dynamic_cast<PdeParser::IndexExprContext *>(tree))
    return index(t);
  if (auto *t = dynamic_cast<PdeParser::PowerExprContext *>(tree))
    return binary(t, t->expr());
  if (auto *t = dynamic_cast<PdeParser::ProductExprContext *>(tree))
    return binary(t, t->expr());
  if (auto *t = dynamic_cast<PdeParser::SumExprContext *>(tree))
    return binary(t, t->expr());
  if (auto *t = dynamic_cast<PdeParser::AndExprContext *>(tree))
    return binary(t, t->expr());
  if (auto *t = dynamic_cast<PdeParser::OrExprContext *>(tree))
    return binary(t, t->expr());
  if (auto *t = dynamic_cast<PdeParser::CompareExprContext *>(tree))
    return compare(t);
  if (auto *t = dynamic_cast<PdeParser::SignExprContext *>(tree))
    return unary(t->PLUS() ? UnaryOp::Plus : UnaryOp::Minus, t->expr());
  if (auto *t = dynamic_cast<PdeParser::NotExprContext *>(tree))
    return unary(UnaryOp::Not, t->expr());
  if (auto *t = dynamic_cast<PdeParser::IfExprContext *>(tree))
    return choice(t);
  if (auto *t = dynamic_cast<PdeParser::AdjointExprContext *>(tree)) {
    auto result = std::make_unique<AdjointExpr>();
    result->operand = expr(t->expr());
    return result;
  }
  if (auto *t = dynamic_cast<PdeParser::MemberExprContext *>(tree)) {
    auto result = std::make_unique<MemberExpr>();
    result->object = expr(t->expr());
    result->member = identifier(t->name());
    return result;
  }
  if (auto *t = dynamic_cast<PdeParser::FixpointExprContext *>(tree))
    return fixpoint(t);
  return arrow(static_cast<PdeParser::ArrowExprContext *>(tree));
}
