//===- EvaluateArithmetic.cpp - signs and binary operators ----------------===//
//
// Lists are added, scaled and negated entry by entry, by their leaves: numbers
// and fields. Conditions are no numbers and numbers no conditions; operators
// have an algebra of their own (Operators.h).
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Evaluator.h"

#include <algorithm>

using namespace pdec;

static NodeKind nodeKind(ast::BinaryOp op) {
  constexpr NodeKind table[] = {NodeKind::Add, NodeKind::Sub, NodeKind::Mul,
                                NodeKind::Div, NodeKind::Pow, NodeKind::And,
                                NodeKind::Or};
  return table[static_cast<int>(op)];
}

/// Whether a value is a condition, or a list with one in it.
static bool hasCondition(const Value &value) {
  if (value.isList())
    return std::any_of(value.list->begin(), value.list->end(), hasCondition);
  return value.node && value.node->type.element == ElementKind::Bool;
}

/// Whether a value consists of numbers and fields.
static bool isArithmetic(const Value &value) {
  if (value.isList())
    return std::all_of(value.list->begin(), value.list->end(), isArithmetic);
  return value.isPointwise();
}

static bool isField(const Value &value) {
  return value.kind == Value::Kind::Axis ||
         (value.node && value.node->type.isField());
}

Value Evaluator::evalUnary(const ast::UnaryExpr &expr, Scope &scope) {
  Value operand = eval(*expr.operand, scope);
  if (expr.op == ast::UnaryOp::Not)
    return arithmetic.entryByEntry(
        {operand}, expr.range, [&](const std::vector<Value> &one) {
          NodeRef condition = conditionOf(one[0], expr.operand->range);
          return Value(condition
                           ? nodes.unary(NodeKind::Not, condition, expr.range)
                           : nullptr);
        });
  if (operand.isPoison())
    return {};
  bool isMinus = expr.op == ast::UnaryOp::Minus;
  if (operand.isOperator())
    return isMinus ? Value(operators.negated(operand.op, expr.range)) : operand;
  if (!isArithmetic(operand) || hasCondition(operand)) {
    reporter.error(Error::BadOperand, expr.range,
                   "'" + std::string(ast::spelling(expr.op)) + "'",
                   describe(operand));
    return {};
  }
  std::vector<NodeRef> leaves;
  if (!arithmetic.flatten(operand, expr.operand->range, leaves))
    return {};
  if (isMinus)
    for (NodeRef &leaf : leaves)
      leaf = nodes.unary(NodeKind::Neg, leaf, expr.range);
  size_t next = 0;
  return rebuild(operand, leaves, next);
}

//===----------------------------------------------------------------------===//
// With operators among the operands
//===----------------------------------------------------------------------===//

/// Reports, with the likeliest thing that was meant.
Value Evaluator::badOperands(const ast::BinaryExpr &expr, const Value &a,
                             const Value &b) {
  Diagnostic &error =
      reporter.error(Error::BadOperands, expr.range, ast::spelling(expr.op),
                     describe(a), describe(b));
  bool isProduct = expr.op == ast::BinaryOp::Mul;
  auto isFunction = [](const Value &v) {
    return v.kind == Value::Kind::Closure || v.kind == Value::Kind::Builtin;
  };
  auto isNumber = [](const Value &v) {
    return v.kind == Value::Kind::Node && !v.node->type.isField();
  };
  if (isProduct && a.isOperator())
    error.help("to apply the operator to the field, write A(u)");
  else if (isFunction(a) || isFunction(b))
    error.help("apply the function to its argument: f(u)");
  else if (isNumber(a) || isNumber(b))
    error.help("a multiple of the identity is c*stencil(x, [1])");
  else if (a.isOperator() != b.isOperator())
    error.help("apply the operator to a field first: A(u)");
  return {};
}

/// A sum of a list and one field: the likeliest mistake is a right-hand side
/// that says how one of several states changes, and no more.
Value Evaluator::fieldAndList(const ast::BinaryExpr &expr, const Value &a,
                              const Value &b) {
  const std::vector<Value> &entries = *(a.isList() ? a : b).list;
  std::string more;
  for (size_t i = 1; i < entries.size(); ++i)
    more += ", r" + std::to_string(i + 1);
  reporter
      .error(Error::BadOperands, expr.range, ast::spelling(expr.op),
             describe(a), describe(b))
      .help("a function that changes " + counted(entries.size(), "field") +
            " gives a list of as many: [r1" + more + "]");
  return {};
}

/// Powers are products written out, so they need a small constant.
Value Evaluator::operatorPower(const ast::BinaryExpr &expr, const Value &a,
                               const Value &b) {
  constexpr int maxPower = 64;
  bool fits = b.kind == Value::Kind::Node && isConstant(b.node) &&
              b.node->type.element == ElementKind::Int &&
              b.node->integer >= 0 && b.node->integer <= maxPower;
  if (fits)
    return operators.power(a.op, b.node->integer, expr.range);
  reporter.error(Error::BadOperatorPower, expr.right->range, maxPower);
  return {};
}

/// + - * / ^ with an operator among the operands.
Value Evaluator::operatorOp(const ast::BinaryExpr &expr, const Value &a,
                            const Value &b) {
  auto isNumber = [](const Value &v) {
    return v.kind == Value::Kind::Node && !v.node->type.isField() &&
           v.node->type.element != ElementKind::Bool;
  };
  bool both = a.isOperator() && b.isOperator();
  switch (expr.op) {
  case ast::BinaryOp::Add:
    if (both)
      return operators.sum(a.op, b.op, expr.range);
    break;
  case ast::BinaryOp::Sub:
    if (both)
      return operators.sum(a.op, operators.negated(b.op, expr.range),
                           expr.range);
    break;
  case ast::BinaryOp::Mul:
    if (both)
      return operators.product(a.op, b.op, expr.range);
    if (isNumber(a))
      return operators.scaled(b.op, a.node, expr.range);
    if (isNumber(b))
      return operators.scaled(a.op, b.node, expr.range);
    break;
  // A/c is (1/c)*A: the weights of A stay as they are, and one factor is
  // rounded.
  case ast::BinaryOp::Div:
    if (isNumber(b))
      return operators.scaled(a.op,
                              nodes.binary(NodeKind::Div,
                                           nodes.real(1, expr.range), b.node,
                                           expr.range),
                              expr.range);
    break;
  case ast::BinaryOp::Pow:
    if (a.isOperator())
      return operatorPower(expr, a, b);
    break;
  default:
    break;
  }
  return badOperands(expr, a, b);
}

Value Evaluator::evalBinary(const ast::BinaryExpr &expr, Scope &scope) {
  if (expr.op == ast::BinaryOp::And || expr.op == ast::BinaryOp::Or) {
    // Both sides, always: there is nothing in a script that a short cut would
    // save.
    Value left = eval(*expr.left, scope), right = eval(*expr.right, scope);
    return arithmetic.entryByEntry(
        {left, right}, expr.range, [&](const std::vector<Value> &both) {
          NodeRef a = conditionOf(both[0], expr.left->range);
          NodeRef b = conditionOf(both[1], expr.right->range);
          bool fit = a && b && grids.sameGrid(a, b, expr.range);
          return Value(fit ? nodes.binary(nodeKind(expr.op), a, b, expr.range)
                           : nullptr);
        });
  }
  Value a = eval(*expr.left, scope), b = eval(*expr.right, scope);
  if (a.isPoison() || b.isPoison())
    return {};
  if (isArithmetic(a) && isArithmetic(b)) {
    bool isSum = expr.op == ast::BinaryOp::Add || expr.op == ast::BinaryOp::Sub;
    if (isSum && ((a.isList() && isField(b)) || (isField(a) && b.isList())))
      return fieldAndList(expr, a, b);
    if (!hasCondition(a) && !hasCondition(b))
      return arithmetic.binary(nodeKind(expr.op), a, b, expr.range);
    reporter
        .error(Error::BadOperands, expr.range, ast::spelling(expr.op),
               describe(a), describe(b))
        .help("numbers come from conditions by 'if': if c then 1 else 0");
    return {};
  }
  if (a.isOperator() || b.isOperator())
    return operatorOp(expr, a, b);
  return badOperands(expr, a, b);
}

Value Evaluator::evalAdjoint(const ast::AdjointExpr &expr, Scope &scope) {
  Value operand = eval(*expr.operand, scope);
  if (operand.isPoison())
    return {};
  if (operand.isOperator())
    return operators.adjoint(operand.op, expr.range);
  Diagnostic &error = reporter.error(Error::BadOperand, expr.range,
                                     "the adjoint", describe(operand));
  error.help("only operators, such as forward(x), have an adjoint");
  return {};
}
