//===- CheckSolve.cpp - equations -----------------------------------------===//

#include "compiler/check/Checker.h"

#include <utility>

using namespace pdec;
using ast::as;

/// What a solver makes of A and b: a step from one approximation to the next,
/// and, if it carries more than that, what makes its first state.
struct Checker::Solver {
  ClosureRef start, step;
};

bool Checker::findSolver(const ast::SolveStatement &solve, const Value &a,
                         const Value &b, Solver &solver) {
  Value given = evaluator.eval(*solve.solver, *global);
  if (given.isPoison())
    return false;
  auto fail = [&](const Value &found) {
    reporter.error(Error::BadSolver, solve.solver->range, describe(found));
    return false;
  };
  if (given.kind != Value::Kind::Closure || given.closure->formals.size() != 2)
    return fail(given);
  Value made = evaluator.calls.call(given.closure, {a, b}, solve.solver->range);
  if (made.isPoison())
    return false;
  std::vector<Value> parts = {made};
  if (made.isList())
    parts = *made.list;
  for (const Value &part : parts)
    if (part.kind != Value::Kind::Closure)
      return fail(part);
  if (parts.size() > 2)
    return fail(made);
  solver.step = parts.back().closure;
  if (parts.size() == 2)
    solver.start = parts.front().closure;
  return true;
}

/// The unknown of A(u) = b; null (reported) if the equation is none.
static const ast::NameExpr *unknownOf(const ast::Expr &equation,
                                      Reporter &reporter) {
  if (equation.kind == ast::ExprKind::Call) {
    const auto &call = as<ast::CallExpr>(equation);
    if (call.arguments.size() == 1 && call.arguments[0].name.text.empty() &&
        call.arguments[0].value->kind == ast::ExprKind::Name)
      return &as<ast::NameExpr>(*call.arguments[0].value);
  }
  reporter.error(Error::BadEquation, equation.range)
      .help("name the operator: fun A(u) = ...");
  return nullptr;
}

/// Makes of A a function between states with the rules of the unknown.
bool Checker::receiveUnknown(Value &a, const Value &unknown,
                             SourceRange range) {
  if (a.kind != Value::Kind::Closure && !a.isOperator()) {
    reporter.error(Error::NotCallable, range, describe(a));
    return false;
  }
  std::vector<NodeRef> leaves;
  evaluator.arithmetic.flatten(unknown, range, leaves);
  auto received = std::make_shared<Received>();
  for (const NodeRef &leaf : leaves)
    if (leaf->type.isField())
      received->rules.push_back(evaluator.beyond.ruleOfStart(leaf));
  a.received = std::move(received);
  return true;
}

/// What a solver starts from: what the script says, or zeros of the shape of
/// the right side.
Value Checker::firstGuess(const ast::SolveStatement &solve,
                          const Value &initial) {
  std::vector<NodeRef> leaves;
  if (!evaluator.arithmetic.flatten(initial, solve.range, leaves))
    return {};
  if (!solve.initial)
    for (NodeRef &leaf : leaves)
      leaf = nodes.likeField(leaf->type.isField() ? leaf->type
                                                  : cellsOf(onlyGrid()),
                             nodes.real(0, solve.range));
  size_t next = 0;
  return evaluator.states.asVariable(rebuild(initial, leaves, next),
                                     solve.range);
}

/// What residuals are compared with, the norm of b - A(0); null after an error.
/// The library's `solvable` hangs a demand on it: a run fails where A sees no
/// constants and b has a mean.
NodeRef Checker::residualScale(const Value &a, const Value &b,
                               const Value &first, SourceRange range) {
  Value constant = evaluator.calls.callValue(
      a, evaluator.states.zerosLike(first, range), range);
  Value right = isZero(constant) ? b
                                 : evaluator.arithmetic.binary(NodeKind::Sub, b,
                                                               constant, range);
  NodeRef scale =
      right.isPoison() ? nullptr : evaluator.reductions.norm(right, range);
  if (!scale)
    return nullptr;
  return evaluator.calls
      .call(library->lookup("solvable")->value.closure,
            {a, first, right, scale}, range)
      .node;
}

Value Checker::solved(const ast::SolveStatement &solve,
                      const ast::NameExpr &unknown) {
  SourceRange range = solve.range;
  Value a = evaluator.eval(*as<ast::CallExpr>(*solve.equation).callee, *global);
  Value b = evaluator.eval(*solve.right, *global);
  Value initial = solve.initial ? evaluator.eval(*solve.initial, *global) : b;
  if (a.isPoison() || b.isPoison() || initial.isPoison())
    return {};
  if (!b.isList())
    b = asField(b, onlyGrid(), solve.right->range, "the right side");
  Value first = b.isPoison() ? b : firstGuess(solve, initial);
  if (first.isPoison() || !receiveUnknown(a, first, solve.equation->range))
    return {};
  Solver solver;
  if (!findSolver(solve, a, b, solver))
    return {};
  Value state =
      solver.start ? evaluator.calls.call(solver.start, {first}, range) : first;
  if (state.isPoison())
    return {};
  auto solution = [&](const Value &of) {
    return solver.start && of.isList() ? (*of.list)[0] : of;
  };
  Iteration iteration;
  iteration.names = {unknown.name};
  iteration.places = {unknown.range};
  iteration.initials = {state};
  iteration.until = solve.until.get();
  iteration.atMost = &solve.atMost;
  iteration.range = range;
  iteration.next = [&](const std::vector<Value> &carried) {
    return std::vector<Value>{
        evaluator.calls.call(solver.step, {carried[0]}, range)};
  };
  iteration.result = solution;
  NodeRef scale = residualScale(a, b, first, range);
  if (!scale)
    return {};
  iteration.declareMeasures = [&](Scope &scope,
                                  const std::vector<Value> &after) {
    Value rest = evaluator.arithmetic.binary(
        NodeKind::Sub, b, evaluator.calls.callValue(a, after[0], range), range);
    NodeRef size =
        rest.isPoison() ? nullptr : evaluator.reductions.norm(rest, range);
    evaluator.names.rebind(scope, "residual", relative(size, scale, range),
                           Role::Constant, {});
  };
  std::vector<Value> results = evaluator.iterations.iterate(iteration, *global);
  return results.empty() ? Value() : solution(results[0]);
}

/// The norm of a residual relative to that of the right side with the constant
/// part of A, or itself where that is zero.
NodeRef Checker::relative(const NodeRef &size, const NodeRef &scale,
                          SourceRange range) {
  if (!size || !scale)
    return nullptr;
  NodeRef isZero =
      nodes.binary(NodeKind::Equal, scale, nodes.real(0, range), range);
  NodeRef divisor = nodes.select(isZero, nodes.real(1, range), scale, range);
  return nodes.binary(NodeKind::Div, size, divisor, range);
}

void Checker::solve(const ast::SolveStatement &solve) {
  const ast::NameExpr *unknown = unknownOf(*solve.equation, reporter);
  if (!unknown)
    return;
  auto here = evaluator.iterations.solvingFor(unknown->name);
  Value result = solved(solve, *unknown);
  declareResult({unknown->name, unknown->range}, std::move(result));
}
