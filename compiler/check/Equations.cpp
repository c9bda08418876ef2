//===- Equations.cpp - what is solved for ---------------------------------===//

#include "compiler/check/Equations.h"

#include <utility>

using namespace pdec;
using ast::as;

/// What a solver makes of A and b: a step from one approximation to the next,
/// and, if it carries more than that, what makes its first state.
struct Equations::Solver {
  ClosureRef start, step;
};

/// A(x) = b, to be solved as a statement says.
struct Equations::Task {
  const ast::SolveStatement &solve;
  Scope &scope; ///< of the statement
  ast::Identifier unknown;
  std::string name; ///< for messages
  Value a, b, first;
  /// The solution for whose derivative this is solved; poison: for none.
  Value of;
};

bool Equations::findSolver(const Task &task, Solver &solver) {
  const ast::SolveStatement &solve = task.solve;
  Value given = expressions.eval(*solve.solver, task.scope);
  if (given.isPoison())
    return false;
  auto fail = [&](const Value &found) {
    Diagnostic &error =
        reporter.error(Error::BadSolver, solve.solver->range, describe(found));
    if (std::string call = missingCall(found); !call.empty())
      error.help("solvers are made by calls: " + call);
    return false;
  };
  if (given.kind != Value::Kind::Closure || given.closure->formals.size() != 2)
    return fail(given);
  Value made = calls.call(given.closure, {task.a, task.b}, solve.solver->range);
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

/// Makes of A a function between states with the rules of the unknown.
bool Equations::receiveUnknown(Value &a, const Value &unknown,
                               SourceRange range) {
  if (a.kind != Value::Kind::Closure && !a.isOperator()) {
    reporter.error(Error::NotCallable, range, describe(a));
    return false;
  }
  std::vector<NodeRef> leaves;
  arithmetic.flatten(unknown, range, leaves);
  auto received = std::make_shared<Received>();
  for (const NodeRef &leaf : leaves)
    if (leaf->type.isField())
      received->rules.push_back(beyond.ruleOfStart(leaf));
  a.received = std::move(received);
  return true;
}

/// What a solver starts from: what the script says, or zeros of the shape of
/// the right side.
Value Equations::firstGuess(const ast::SolveStatement &solve,
                            const Value &initial) {
  std::vector<NodeRef> leaves;
  if (!arithmetic.flatten(initial, solve.range, leaves))
    return {};
  if (!solve.initial)
    for (NodeRef &leaf : leaves)
      leaf = nodes.likeField(leaf->type.isField() ? leaf->type
                                                  : cellsOf(grids.onlyGrid()),
                             nodes.real(0, solve.range));
  size_t next = 0;
  return states.asVariable(rebuild(initial, leaves, next), solve.range);
}

/// What residuals are compared with, the norm of b - A(0); null after an error.
/// The library's `solvable` hangs a demand on it: a run fails where A sees no
/// constants and b has a mean.
NodeRef Equations::residualScale(const Value &a, const Value &b,
                                 const Value &first, SourceRange range) {
  Value constant = calls.callValue(a, states.zerosLike(first, range), range);
  Value right = isZero(constant)
                    ? b
                    : arithmetic.binary(NodeKind::Sub, b, constant, range);
  NodeRef scale = right.isPoison() ? nullptr : reductions.norm(right, range);
  if (!scale)
    return nullptr;
  return calls
      .call(solutions.library("solvable"), {a, first, right, scale}, range)
      .node;
}

Value Equations::solved(const ast::SolveStatement &solve, Scope &scope,
                        const ast::Identifier &unknown) {
  SourceRange range = solve.range;
  const ast::Expr &left = *solve.equation.expr;
  Value a = ast::findUnknown(left)
                ? expressions.eval(*as<ast::CallExpr>(left).callee, scope)
                : names.closureOf(unknown, solve.equation, scope);
  Value b = expressions.eval(*solve.right, scope);
  Value initial = solve.initial ? expressions.eval(*solve.initial, scope) : b;
  if (a.isPoison() || b.isPoison() || initial.isPoison())
    return {};
  if (!b.isList())
    b = arithmetic.asField(b, grids.onlyGrid(), solve.right->range,
                           "the right side");
  Value first = b.isPoison() ? b : firstGuess(solve, initial);
  if (first.isPoison() || !receiveUnknown(a, first, left.range))
    return {};
  Value result =
      found({solve, scope, unknown, unknown.text, a, b, first, Value()});
  // What is accepted anyway is no solution.
  if (result.isPoison() || solve.atMost.accept)
    return result;
  SolvedEquation equation{a, b, result, first, {}, range};
  Scope *then = names.newSnapshot(&scope);
  equation.solve = [this, &solve, then,
                    unknown](const SolvedEquation::Linear &linear) {
    std::string name = linear.name + ("_of_" + unknown.text);
    auto here = iterations.solvingFor(name);
    return found({solve, *then, unknown, name, linear.function, linear.right,
                  linear.first, linear.x});
  };
  return solutions.declare(std::move(equation));
}

/// A derivative's equation has another scale than the one that it is for: a
/// change counts relative to what changes, as it did there. Rounding ends it.
void Equations::compareAsDerivative(const Task &task, Scope &measures,
                                    const Value &after) {
  SourceRange range = task.solve.range;
  auto measured = [&](const char *name) {
    return measures.find(name, UINT64_MAX)->value;
  };
  auto set = [&](const std::string &name, Value value) {
    names.rebind(measures, name, std::move(value), Role::Constant, {});
  };
  set("change", calls.call(solutions.library("derivative_change"),
                           {measured("change"), task.of, after}, range));
  set("residual", calls.call(solutions.library("derivative_residual"),
                             {measured("residual")}, range));
  // A condition that is on the unknown itself has no meaning here.
  set(task.unknown.text, Value());
}

/// Whether a value depends on what a loop carries.
static bool dependsOn(const NodeRef &node, const Loop &loop,
                      std::set<const Node *> &seen) {
  if (!seen.insert(node.get()).second)
    return false;
  bool depends = node->enclosing == &loop;
  node->forEachOperand([&](const NodeRef &operand) {
    depends = depends || dependsOn(operand, loop, seen);
  });
  return depends;
}

/// The solution of a task; poison after an error.
Value Equations::found(const Task &task) {
  const ast::SolveStatement &solve = task.solve;
  SourceRange range = solve.range;
  Solver solver;
  if (!findSolver(task, solver))
    return {};
  Value state =
      solver.start ? calls.call(solver.start, {task.first}, range) : task.first;
  if (state.isPoison())
    return {};
  auto solution = [&](const Value &of) {
    return solver.start && of.isList() ? (*of.list)[0] : of;
  };
  Iteration iteration;
  iteration.names = {task.name};
  iteration.places = {task.unknown.range};
  iteration.initials = {state};
  iteration.until = solve.until.get();
  iteration.atMost = &solve.atMost;
  iteration.range = range;
  iteration.next = [&](const std::vector<Value> &carried) {
    return std::vector<Value>{calls.call(solver.step, {carried[0]}, range)};
  };
  iteration.result = solution;
  NodeRef scale = residualScale(task.a, task.b, task.first, range);
  if (!scale)
    return {};
  iteration.declareMeasures = [&](Scope &measures,
                                  const std::vector<Value> &after) {
    Value rest = arithmetic.binary(
        NodeKind::Sub, task.b, calls.callValue(task.a, after[0], range), range);
    NodeRef size = rest.isPoison() ? nullptr : reductions.norm(rest, range);
    names.rebind(measures, "residual", relative(size, scale, range),
                 Role::Constant, {});
    if (!task.of.isPoison())
      compareAsDerivative(task, measures, after[0]);
  };
  if (!task.of.isPoison())
    iteration.observe = [](Loop &loop, const std::vector<Value> &) {
      std::set<const Node *> seen;
      return dependsOn(loop.until, loop, seen);
    };
  std::vector<Value> results = iterations.iterate(iteration, task.scope);
  return results.empty() ? Value() : solution(results[0]);
}

/// The norm of a residual relative to that of the right side with the constant
/// part of A, or itself where that is zero.
NodeRef Equations::relative(const NodeRef &size, const NodeRef &scale,
                            SourceRange range) {
  if (!size || !scale)
    return nullptr;
  NodeRef isZero =
      nodes.binary(NodeKind::Equal, scale, nodes.real(0, range), range);
  NodeRef divisor = nodes.select(isZero, nodes.real(1, range), scale, range);
  return nodes.binary(NodeKind::Div, size, divisor, range);
}

/// The first name of an expression that nothing has, but for `known`.
const ast::NameExpr *Equations::newName(const ast::Expr &expr,
                                        const Scope &scope,
                                        const ast::NameExpr *known) {
  return ast::findName(expr, [&](const ast::NameExpr &one) {
    return (!known || one.name != known->name) && !scope.lookup(one.name) &&
           !names.declareLate(one.name);
  });
}

Value Equations::solve(const ast::SolveStatement &solve, Scope &scope,
                       ast::Identifier &unknown) {
  const ast::Expr &equation = *solve.equation.expr;
  const ast::NameExpr *known = ast::findUnknown(equation);
  const ast::NameExpr *name = known ? known : newName(equation, scope, nullptr);
  if (!name) {
    reporter.error(Error::BadEquation, equation.range)
        .help("the unknown is a name that is not known yet: solve A(u) = b");
    return {};
  }
  // Also where it is not clear which: what follows is no mistake of its own.
  unknown = {name->name, name->range};
  if (!known)
    if (const ast::NameExpr *other = newName(equation, scope, name)) {
      reporter.error(Error::BadEquation, equation.range)
          .help("nothing is known of '" + name->name + "' and '" + other->name +
                "': one of them is the unknown");
      return {};
    }
  auto here = iterations.solvingFor(name->name);
  return solved(solve, scope, unknown);
}
