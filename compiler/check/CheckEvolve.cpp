//===- CheckEvolve.cpp - evolutions and equations -------------------------===//

#include "compiler/check/Checker.h"

#include <utility>

using namespace pdec;
using ast::as;

/// A number serves as a field where there is one grid only.
NodeRef Checker::initialField(const ast::Expr &expr) {
  Value value = evaluator.eval(expr, *global);
  if (value.isPoison())
    return nullptr;
  bool isScalar =
      value.kind == Value::Kind::Node && !value.node->type.isField();
  if (isScalar && onlyGrid() == nullptr &&
      value.node->type.element != ElementKind::Bool) {
    reporter.error(Error::GridUnclear, expr.range, "the field of this number")
        .help("add it to a field of that grid, as in 0*f + 1");
    return nullptr;
  }
  return asField(value, onlyGrid(), expr.range, "what is evolved");
}

static std::string countedFields(size_t count) {
  return count == 1 ? "one field" : counted(count, "field");
}

/// The only grid that the script declares, or null.
const Grid *Checker::onlyGrid() const {
  const Grid *only = nullptr;
  for (const auto &grid : program->grids) {
    if (grid->parent)
      continue;
    if (only)
      return nullptr;
    only = grid.get();
  }
  return only;
}

/// The callable behind 'by', of as many arguments as there are fields or of
/// one, their list; null after an error.
static ClosureRef stepOf(const Value &value, size_t count,
                         const ast::Expr &expr, Reporter &reporter) {
  if (value.isPoison())
    return nullptr;
  bool isClosure = value.kind == Value::Kind::Closure;
  if (isClosure && value.closure->kind == Closure::Kind::Scheme) {
    Diagnostic &error = reporter.error(Error::NotAStep, expr.range,
                                       describe(value), countedFields(count));
    std::string arguments;
    for (const Closure::Formal &formal : value.closure->formals)
      arguments += (arguments.empty() ? "" : ", ") + formal.name;
    error.help("write " + value.closure->name + "(" + arguments + ")");
    return nullptr;
  }
  if (isClosure && (value.closure->formals.size() == 1 ||
                    value.closure->formals.size() == count))
    return value.closure;
  reporter.error(Error::NotAStep, expr.range,
                 isClosure ? describe(value) + " of " +
                                 std::to_string(value.closure->formals.size()) +
                                 " arguments"
                           : describe(value),
                 countedFields(count));
  return nullptr;
}

/// One field of the next level, on the grid of the level before.
Value Checker::nextLevel(const Value &next, const Type &before,
                         SourceRange range) {
  const Grid *grid = before.grid;
  bool isField =
      next.isPointwise() && (!next.node || next.node->type.isField());
  bool isNumber = next.kind == Value::Kind::Node && !isField &&
                  next.node->type.element != ElementKind::Bool;
  if (!next.isPoison() && !isField && !isNumber) {
    reporter.error(Error::StepResult, range, grid->name, describe(next));
    return {};
  }
  if (isNumber)
    return nodes.likeField(before, next.node);
  NodeRef field = asField(next, grid, range, "the result of a step");
  if (field && field->type.grid != grid) {
    reporter.error(Error::StepResult, range, grid->name, describe(field->type));
    return {};
  }
  return field;
}

/// Gives the initial fields the rule that the evolving ones are to have; those
/// on faces keep that of their operators.
bool Checker::declareInitials(const ast::EvolveStatement &evolve,
                              std::vector<NodeRef> &initials) {
  const Grid *grid = evaluator.names.findGrid(evolve.on.grid, *global);
  if (!grid)
    return false;
  RuleRef rule = evaluator.boundaries.ruleOn(evolve.on, grid, *global);
  for (NodeRef &initial : initials) {
    if (!initial)
      return false;
    if (hasRows(initial->type) && initial->type.grid == grid)
      continue;
    initial =
        evaluator.boundaries.declaredOn(initial, grid, rule, evolve.range).node;
  }
  return std::all_of(initials.begin(), initials.end(),
                     [](const NodeRef &node) { return node != nullptr; });
}

/// The evolved fields after the last step; empty after an error.
std::vector<NodeRef> Checker::evolved(const ast::EvolveStatement &evolve) {
  size_t count = evolve.states.size();
  if (count != evolve.initials.size()) {
    reporter.error(Error::InitialMismatch, evolve.initials[0]->range,
                   counted(evolve.initials.size(), "initial field"),
                   counted(count, "evolved field"));
    return {};
  }
  std::vector<NodeRef> initials;
  bool isSound = true;
  for (const ast::ExprPtr &initial : evolve.initials) {
    initials.push_back(initialField(*initial));
    isSound &= initials.back() != nullptr;
  }
  if (!evolve.on.grid.text.empty() && !declareInitials(evolve, initials))
    return {};
  Value stepValue = evaluator.eval(*evolve.step, *global);
  ClosureRef step = stepOf(stepValue, count, *evolve.step, reporter);
  NodeRef steps =
      evaluator.evalInteger(*evolve.count, *global, "the number of steps");
  if (steps && isConstant(steps) && steps->integer < 0)
    reporter.error(Error::NegativeCount, evolve.count->range);
  if (!isSound || !step || !steps)
    return {};
  SourceRange range = evolve.step->range;
  auto body = [&](const std::vector<NodeRef> &carried, Loop &) {
    auto here = evaluator.states.inStepOf(carried.front()->rule);
    std::vector<Value> state(carried.begin(), carried.end());
    bool asList = count > 1 && step->formals.size() == 1;
    Value next = evaluator.calls.call(
        step, asList ? std::vector<Value>{Value::ofList(state)} : state, range);
    std::vector<Value> levels = {next};
    if (count > 1 && !next.isPoison()) {
      if (!next.isList() || next.list->size() != count) {
        reporter.error(Error::NotFields, range, "the result of the step",
                       "a list of " + countedFields(count), describe(next));
        return std::vector<Value>(count);
      }
      levels = *next.list;
    }
    levels.resize(count);
    for (size_t i = 0; i < count; ++i)
      levels[i] = nextLevel(levels[i], initials[i]->type, range);
    return levels;
  };
  std::vector<std::string> names;
  for (const ast::Identifier &state : evolve.states)
    names.push_back(state.text);
  return evaluator.loops.make(names, initials, steps, true, evolve.range, body);
}

/// Gives an evolved or solved field its name, maybe once more.
void Checker::declareResult(const ast::Identifier &name, Value value) {
  const Binding *known = global->find(name.text, UINT64_MAX);
  if (known && known->role == Role::Evolved)
    evaluator.names.rebind(*global, name.text, std::move(value), Role::Evolved,
                           name.range);
  else
    evaluator.names.declare(*global, name, std::move(value), Role::Evolved);
}

void Checker::evolve(const ast::EvolveStatement &evolve) {
  std::vector<NodeRef> results = evolved(evolve);
  results.resize(evolve.states.size());
  for (size_t i = 0; i < results.size(); ++i)
    declareResult(evolve.states[i], results[i]);
}

//===----------------------------------------------------------------------===//
// Equations
//===----------------------------------------------------------------------===//

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
