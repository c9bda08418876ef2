//===- Expressions.cpp - expressions of which something is asked ----------===//

#include "compiler/check/Expressions.h"
#include "compiler/check/Arguments.h"
#include "compiler/support/NumberText.h"

using namespace pdec;

NodeRef Expressions::evalScalar(const ast::Expr &expr, Scope &scope,
                                const std::string &what) {
  return numberOf(eval(expr, scope), expr.range, what, reporter);
}

/// What the script says, or ... for what is long.
static std::string textOf(const ast::Expr &expr) {
  constexpr size_t most = 40;
  const SourceRange &range = expr.range;
  std::string text(
      range.file->text().substr(range.begin, range.end - range.begin));
  bool isShort = text.size() <= most && text.find('\n') == std::string::npos;
  return isShort ? text : "...";
}

NodeRef Expressions::evalInteger(const ast::Expr &expr, Scope &scope,
                                 const std::string &what) {
  NodeRef node = evalScalar(expr, scope, what);
  if (!node)
    return nullptr;
  if (NodeRef whole = nodes.toInteger(node))
    return whole;
  std::string found = isConstant(node) ? "the number " + shortest(node->number)
                                       : describe(node->type);
  reporter.error(Error::NotInteger, expr.range, what, found)
      .help("round(" + textOf(expr) +
            ") is the nearest integer, floor and ceil are those below and "
            "above");
  return nullptr;
}

NodeRef Expressions::evalConstant(const ast::Expr &expr, Scope &scope,
                                  const std::string &what) {
  NodeRef node = evalScalar(expr, scope, what);
  if (!node || isConstant(node))
    return node;
  reporter.error(Error::NotConstant, expr.range, what);
  return nullptr;
}

NodeRef Expressions::evalCondition(const ast::Expr &expr, Scope &scope) {
  return conditionOf(eval(expr, scope), expr.range);
}

NodeRef Expressions::conditionOf(const Value &value, SourceRange range) {
  if (value.isPoison())
    return nullptr;
  if (value.kind == Value::Kind::Node &&
      value.node->type.element == ElementKind::Bool)
    return value.node;
  reporter.error(Error::ExpectedCondition, range, describe(value));
  return nullptr;
}
