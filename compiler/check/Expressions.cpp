//===- Expressions.cpp - expressions of which something is asked ----------===//

#include "compiler/check/Expressions.h"
#include "compiler/check/Arguments.h"

using namespace pdec;

NodeRef Expressions::evalScalar(const ast::Expr &expr, Scope &scope,
                                const std::string &what) {
  return numberOf(eval(expr, scope), expr.range, what, reporter);
}

NodeRef Expressions::evalInteger(const ast::Expr &expr, Scope &scope,
                                 const std::string &what) {
  NodeRef node = evalScalar(expr, scope, what);
  if (!node || node->type.element == ElementKind::Int)
    return node;
  reporter.error(Error::NotInteger, expr.range, what, describe(node->type));
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
  Value value = eval(expr, scope);
  if (value.isPoison())
    return nullptr;
  if (value.kind == Value::Kind::Node &&
      value.node->type.element == ElementKind::Bool)
    return value.node;
  reporter.error(Error::ExpectedCondition, expr.range, describe(value));
  return nullptr;
}
