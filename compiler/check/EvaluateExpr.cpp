//===- EvaluateExpr.cpp - expressions to values ---------------------------===//

#include "compiler/check/Evaluator.h"

using namespace pdec;
using ast::as;

Evaluator::Evaluator(DiagnosticEngine &diagnostics)
    : Expressions(reporter, nodes), reporter(diagnostics), nodes(reporter),
      rules(nodes), beyond(rules), operators(nodes, reporter, rules, beyond),
      grids(nodes, reporter, rules, beyond),
      arithmetic(nodes, reporter, operators, grids),
      reductions(nodes, reporter, grids, arithmetic),
      differences(nodes, reporter, operators, calls),
      states(nodes, rules, beyond, arithmetic), names(reporter),
      effort(reporter, nodes), boundaries(nodes, reporter, rules, grids,
                                          arithmetic, states, names, *this),
      loops(nodes, reporter, beyond, arithmetic, effort),
      iterations(nodes, reporter, grids, arithmetic, reductions, names, loops,
                 *this),
      blocks(reporter, beyond, arithmetic, states, names, effort, loops,
             boundaries, *this),
      calls(reporter, arithmetic, states, names, effort, freezing, *this),
      solutions(nodes, reporter, rules, beyond, arithmetic, states, names,
                effort, freezing, iterations, calls),
      equations(nodes, reporter, beyond, grids, arithmetic, reductions, states,
                names, iterations, calls, solutions, *this),
      evolutions(nodes, reporter, grids, arithmetic, states, names, boundaries,
                 loops, iterations, calls, *this),
      arrays(nodes, reporter, names, calls, *this),
      probes(nodes, beyond, arithmetic, freezing, iterations, calls),
      couplings(reporter, beyond, probes),
      colours(nodes, reporter, arithmetic, couplings),
      gridCalls(nodes, reporter, beyond, grids, arithmetic, states, names,
                colours),
      stateCalls(nodes, reporter, beyond, arithmetic, states, freezing, calls),
      rates(nodes, reporter, grids, probes),
      gradients(nodes, reporter, rules, arithmetic),
      points(nodes, reporter, rules, beyond, arithmetic),
      linearisations(nodes, reporter, rules, beyond, grids, arithmetic, states,
                     freezing, calls),
      builtins(nodes, reporter, grids, arithmetic, reductions, differences,
               iterations, solutions, colours, gridCalls, stateCalls, rates,
               gradients, linearisations, points) {}

Value Evaluator::eval(const ast::Expr &expr, Scope &scope) {
  if (effort.isStopped() || !effort.mayEvaluate(expr.range))
    return {};
  auto deeper = effort.inExpression();
  Value result = evalUnstopped(expr, scope);
  return effort.isStopped() ? Value() : result;
}

Value Evaluator::evalUnstopped(const ast::Expr &expr, Scope &scope) {
  switch (expr.kind) {
  case ast::ExprKind::Number: {
    const auto &number = as<ast::NumberExpr>(expr);
    return number.isInteger ? nodes.integer(number.integer, expr.range)
                            : nodes.real(number.real, expr.range);
  }
  case ast::ExprKind::Boolean:
    return nodes.boolean(as<ast::BooleanExpr>(expr).value, expr.range);
  case ast::ExprKind::Name:
    return names.valueOf(as<ast::NameExpr>(expr), scope);
  case ast::ExprKind::Member:
    return evalMember(as<ast::MemberExpr>(expr), scope);
  case ast::ExprKind::Adjoint:
    return evalAdjoint(as<ast::AdjointExpr>(expr), scope);
  case ast::ExprKind::Call:
    return evalCall(as<ast::CallExpr>(expr), scope);
  case ast::ExprKind::Index:
    return arrays.index(as<ast::IndexExpr>(expr), scope);
  case ast::ExprKind::Unary:
    return evalUnary(as<ast::UnaryExpr>(expr), scope);
  case ast::ExprKind::Binary:
    return evalBinary(as<ast::BinaryExpr>(expr), scope);
  case ast::ExprKind::Compare:
    return evalCompare(as<ast::CompareExpr>(expr), scope);
  case ast::ExprKind::If:
    return evalIf(as<ast::IfExpr>(expr), scope);
  case ast::ExprKind::List:
    return evalList(as<ast::ListExpr>(expr), scope);
  case ast::ExprKind::Arrow:
    return names.closureOf(as<ast::ArrowExpr>(expr), scope);
  case ast::ExprKind::Fixpoint:
    return evalFixpoint(as<ast::FixpointExpr>(expr), scope);
  }
  return {};
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

Value Evaluator::evalMember(const ast::MemberExpr &expr, Scope &scope) {
  Value object = eval(*expr.object, scope);
  if (object.isPoison())
    return {};
  if (object.kind != Value::Kind::Grid) {
    reporter.error(Error::WrongKind, expr.object->range, "a grid before '.'",
                   describe(object));
    return {};
  }
  const std::vector<Axis> &axes = object.grid->axes;
  for (size_t i = 0; i < axes.size(); ++i) {
    if (axes[i].name != expr.member.text)
      continue;
    if (names.recorder)
      names.recorder->useAxis(expr.member, *object.grid);
    return Value::ofAxis(object.grid, int(i));
  }
  Diagnostic &error = reporter.error(Error::NoSuchAxis, expr.member.range,
                                     object.grid->name, expr.member.text);
  if (axes.size() == 1)
    error.help("its axis is '" + axes[0].name + "'",
               {expr.member.range, axes[0].name});
  else
    error.help("its axes are x to " + axes.back().name);
  return {};
}

/// Lists of lists of the same things grow like powers of two.
static constexpr size_t mostLeaves = 10000;

Value Evaluator::evalList(const ast::ListExpr &expr, Scope &scope) {
  std::vector<Value> elements;
  for (const ast::ExprPtr &element : expr.elements) {
    elements.push_back(eval(*element, scope));
    if (elements.back().isPoison())
      return {};
  }
  Value list = Value::ofList(std::move(elements));
  if (list.numLeaves <= mostLeaves)
    return list;
  reporter.error(Error::ListTooLarge, expr.range, std::to_string(mostLeaves));
  return {};
}

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

/// a < b <= c is a < b and b <= c, with b evaluated once.
Value Evaluator::evalCompare(const ast::CompareExpr &expr, Scope &scope) {
  std::vector<Value> operands;
  for (const ast::ExprPtr &operand : expr.operands)
    operands.push_back(eval(*operand, scope));
  return arithmetic.entryByEntry(operands, expr.range,
                                 [&](const std::vector<Value> &entries) {
                                   return Value(comparison(expr, entries));
                                 });
}

/// A number or a field; null after an error.
NodeRef Evaluator::comparand(const Value &value, SourceRange range) {
  NodeRef node = arithmetic.asPointwise(value, range);
  if (!node || node->type.element != ElementKind::Bool)
    return node;
  reporter.error(Error::WrongKind, range, "a number or a field",
                 describe(node->type));
  return nullptr;
}

/// The chain of comparisons, of numbers and fields.
NodeRef Evaluator::comparison(const ast::CompareExpr &expr,
                              const std::vector<Value> &values) {
  std::vector<NodeRef> operands;
  for (size_t i = 0; i < values.size(); ++i) {
    operands.push_back(comparand(values[i], expr.operands[i]->range));
    if (!operands.back())
      return nullptr;
  }
  NodeRef result;
  for (size_t i = 0; i < expr.ops.size(); ++i) {
    NodeRef a = operands[i], b = operands[i + 1];
    if (!grids.sameGrid(operands[0], b, expr.range) ||
        !grids.sameGrid(a, b, expr.range))
      return {};
    NodeKind kind = NodeKind::Less;
    switch (expr.ops[i]) {
    case ast::CompareOp::Greater:
      std::swap(a, b);
      break;
    case ast::CompareOp::GreaterEqual:
      std::swap(a, b);
      kind = NodeKind::LessEqual;
      break;
    case ast::CompareOp::LessEqual:
      kind = NodeKind::LessEqual;
      break;
    case ast::CompareOp::Equal:
      kind = NodeKind::Equal;
      break;
    case ast::CompareOp::NotEqual:
      kind = NodeKind::NotEqual;
      break;
    case ast::CompareOp::Less:
      break;
    }
    NodeRef link = nodes.binary(kind, a, b, expr.range);
    result =
        result ? nodes.binary(NodeKind::And, result, link, expr.range) : link;
  }
  return result;
}

Value Evaluator::evalBranch(const ast::Body &body, Scope &scope) {
  if (!body.block)
    return eval(*body.expr, scope);
  Scope *inner = names.newScope(&scope);
  if (!evalBlock(*body.block, *inner))
    return {};
  if (body.block->result)
    return eval(*body.block->result, *inner);
  reportNoResult(*body.block, reporter);
  return {};
}

static SourceRange rangeOf(const ast::Body &body) {
  return body.block ? body.block->range : body.expr->range;
}

/// A constant condition chooses a branch of any kind, and the other one is not
/// evaluated: so a hierarchy ends. Otherwise numbers and fields become a
/// Select.
Value Evaluator::evalIf(const ast::IfExpr &expr, Scope &scope) {
  Value condition = eval(*expr.condition, scope);
  if (!condition.isList()) {
    NodeRef one = conditionOf(condition, expr.condition->range);
    if (isConstant(one))
      return evalBranch(one->integer ? expr.whenTrue : expr.whenFalse, scope);
  }
  Value a = evalBranch(expr.whenTrue, scope);
  Value b = evalBranch(expr.whenFalse, scope);
  if (condition.isPoison() || a.isPoison() || b.isPoison())
    return {};
  // A condition that is no list chooses between lists as a whole.
  if (!condition.isList())
    return select(condition.node, a, b, expr);
  return arithmetic.entryByEntry(
      {condition, a, b}, expr.range, [&](const std::vector<Value> &entries) {
        NodeRef one = conditionOf(entries[0], expr.condition->range);
        return one ? select(one, entries[1], entries[2], expr) : Value();
      });
}

Value Evaluator::select(NodeRef condition, const Value &a, const Value &b,
                        const ast::IfExpr &expr) {
  bool areLists = a.isList() && b.isList() && a.list->size() == b.list->size();
  if (areLists) {
    std::vector<Value> elements;
    for (size_t i = 0; i < a.list->size(); ++i) {
      elements.push_back(select(condition, (*a.list)[i], (*b.list)[i], expr));
      if (elements.back().isPoison())
        return {};
    }
    return Value::ofList(std::move(elements));
  }
  bool fit = a.isPointwise() && b.isPointwise();
  NodeRef whenTrue, whenFalse;
  if (fit) {
    whenTrue = arithmetic.asPointwise(a, rangeOf(expr.whenTrue));
    whenFalse = arithmetic.asPointwise(b, rangeOf(expr.whenFalse));
    fit = (whenTrue->type.element == ElementKind::Bool) ==
          (whenFalse->type.element == ElementKind::Bool);
  }
  if (!fit) {
    Diagnostic &error = reporter.error(Error::BranchMismatch, expr.range,
                                       describe(a), describe(b));
    if (a.kind == b.kind && !a.isPointwise())
      error.help("here the condition must be constant");
    return {};
  }
  if (!grids.sameGrid(whenTrue, whenFalse, expr.range) ||
      !grids.sameGrid(condition, whenTrue, expr.range) ||
      !grids.sameGrid(condition, whenFalse, expr.range))
    return {};
  return nodes.select(condition, whenTrue, whenFalse, expr.range);
}

//===----------------------------------------------------------------------===//
// Iterations
//===----------------------------------------------------------------------===//

Value Evaluator::evalFixpoint(const ast::FixpointExpr &expr, Scope &scope) {
  if (expr.states.size() != expr.initials.size()) {
    reporter.error(Error::InitialMismatch, expr.initials[0]->range,
                   counted(expr.initials.size(), "initial value"),
                   counted(expr.states.size(), "iterated value"));
    return {};
  }
  Iteration iteration;
  for (size_t i = 0; i < expr.states.size(); ++i) {
    iteration.names.push_back(expr.states[i].text);
    iteration.places.push_back(expr.states[i].range);
    iteration.initials.push_back(eval(*expr.initials[i], scope));
    if (iteration.initials.back().isPoison())
      return {};
  }
  iteration.until = expr.until.get();
  iteration.atMost = &expr.atMost;
  iteration.range = expr.range;
  iteration.next = [&](const std::vector<Value> &carried) {
    Scope *inner = names.newScope(&scope);
    for (size_t i = 0; i < carried.size(); ++i)
      names.rebind(*inner, expr.states[i].text, carried[i], Role::Variable,
                   expr.states[i].range);
    Scope *block = names.newScope(inner);
    std::vector<Value> values;
    if (!evalBlock(*expr.body, *block))
      return values;
    for (const ast::ExprPtr &value : expr.values)
      values.push_back(eval(*value, *block));
    if (!takeApart(values, expr.states.size(), expr.range, reporter))
      values.clear();
    return values;
  };
  std::vector<Value> results = iterations.iterate(iteration, scope);
  if (results.empty())
    return {};
  return results.size() == 1 ? results[0] : Value::ofList(std::move(results));
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// How many axes a stencil has on a grid or along an axis.
static size_t rankOf(const Value &place) {
  if (place.kind == Value::Kind::Axis)
    return 1;
  return place.kind == Value::Kind::Grid ? place.grid->axes.size() : 0;
}

Value Evaluator::evalCall(const ast::CallExpr &expr, Scope &scope) {
  Value callee = eval(*expr.callee, scope);
  std::vector<Given> given;
  bool sound = !callee.isPoison();
  bool takesWeights =
      callee.kind == Value::Kind::Builtin && callee.builtin == Builtin::Stencil;
  for (const ast::Argument &argument : expr.arguments) {
    Value value = takesWeights ? arrays.evalWeights(*argument.value, scope)
                               : eval(*argument.value, scope);
    sound &= !value.isPoison();
    bool isNamed = !argument.name.text.empty();
    if (!isNamed && !given.empty() && !given.back().name.empty()) {
      reporter.error(Error::PositionalAfterNamed, argument.value->range);
      sound = false;
    }
    given.push_back({argument.name.text, std::move(value),
                     isNamed ? argument.name.range : argument.value->range});
  }
  if (!sound)
    return {};
  if (names.recorder)
    names.recorder->useFormals(expr, callee);
  if (callee.received)
    return calls.callReceived(callee, given, expr.range);
  if (takesWeights)
    for (Given &one : given)
      one.value =
          arrays.asWeights(one.value, 2 + rankOf(given[0].value), one.range);
  switch (callee.kind) {
  case Value::Kind::Closure:
    return calls.callClosure(callee.closure, given, expr.range);
  case Value::Kind::Builtin:
    return builtins.call(callee.builtin, given, expr.range);
  case Value::Kind::Operator:
    return applyOperator(expr, callee, given);
  default:
    break;
  }
  Diagnostic &error =
      reporter.error(Error::NotCallable, expr.callee->range, describe(callee));
  bool isNumber = expr.callee->kind == ast::ExprKind::Number;
  if (isNumber && given.size() == 1)
    error.help("a power is applied in brackets, as (K^2)(u); a product is "
               "written with '*'");
  else if (callee.isPointwise() && given.size() == 1)
    error.help("a product is written with '*'",
               {SourceRange{expr.range.file, expr.callee->range.end,
                            expr.callee->range.end},
                "*"});
  return {};
}

Value Evaluator::applyOperator(const ast::CallExpr &expr, const Value &op,
                               const std::vector<Given> &given) {
  std::vector<const Given *> matched;
  if (!match(given, {"u"}, 1, "the operator", expr.range, matched, reporter))
    return {};
  const Value &value = matched[0]->value;
  SourceRange range = expr.arguments[0].value->range;
  bool isField = value.kind == Value::Kind::Axis || value.isList() ||
                 (value.node && value.node->type.isField() &&
                  value.node->type.element == ElementKind::Real);
  if (isField)
    return arithmetic.apply(op.op, value, expr.range);
  Diagnostic &error =
      reporter.error(Error::WrongKind, range, "a field", describe(value));
  if (value.isOperator())
    error.help("operators are combined with '*': A*B");
  return {};
}
