//===- Solutions.cpp - what solves an equation ----------------------------===//
//
// By the implicit function theorem the derivative of x with A(x) = b is that of
// the equation: with the derivative A' of A at x and the change r of b - A(x)
// where x is held, the change z of x solves A' z = r; and what comes back to x
// goes on to b - A(x) through the transpose of A'. Both are solved as the
// equation itself was.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Solutions.h"

using namespace pdec;

Value Solutions::declare(SolvedEquation equation) {
  Pending pending;
  auto made = std::make_shared<Equation>();
  if (!arithmetic.flatten(equation.found, equation.range, made->found))
    return {};
  made->range = equation.range;
  bool isClosed = true;
  for (const NodeRef &leaf : made->found) {
    if (!leaf->type.isField())
      return equation.found;
    isClosed &= pdec::isClosed(*beyond.ruleOfStart(leaf));
  }
  // Where solutions may differ by constants, these are the first guess's.
  if (isClosed && !equation.first.isPoison())
    arithmetic.flatten(equation.first, equation.range, made->starts);
  std::vector<NodeRef> leaves;
  for (const NodeRef &leaf : made->found) {
    Node node;
    node.kind = NodeKind::Solution;
    node.type = leaf->type;
    node.range = equation.range;
    node.args = {leaf};
    node.rule = beyond.ruleOfStart(leaf);
    node.index = int(leaves.size());
    node.equation = made;
    leaves.push_back(nodes.make(std::move(node)));
  }
  size_t next = 0;
  Value result = rebuild(equation.found, leaves, next);
  all.push_back({std::move(made), std::move(equation), reporter.callStack(),
                 freezing.current() != nullptr});
  return result;
}

/// What is left of the right side solved by `by` from zero on.
Value Solutions::corrected(const Value &by,
                           const SolvedEquation::Linear &linear,
                           SourceRange range) {
  if (by.kind != Value::Kind::Closure)
    return {};
  if (isZero(linear.first))
    return calls.call(by.closure, {linear.function, linear.right}, range);
  Value known = calls.callValue(linear.function, linear.first, range);
  Value rest = known.isPoison() ? known
                                : arithmetic.binary(NodeKind::Sub, linear.right,
                                                    known, range);
  Value more = rest.isPoison()
                   ? rest
                   : calls.call(by.closure, {linear.function, rest}, range);
  return more.isPoison()
             ? more
             : arithmetic.binary(NodeKind::Add, linear.first, more, range);
}

Value Solutions::solution(const std::vector<const Given *> &given,
                          SourceRange range) {
  SolvedEquation equation;
  equation.found = given[0]->value;
  equation.function = given[1]->value;
  equation.right = given[2]->value;
  equation.range = range;
  for (size_t i : {1, 3}) {
    const Value &function = given[i]->value;
    if (function.kind == Value::Kind::Closure || function.isOperator())
      continue;
    reporter.error(Error::WrongKind, given[i]->range,
                   "a function or an operator", describe(function));
    return {};
  }
  if (given[4])
    equation.first = given[4]->value;
  Value by = given[3]->value;
  equation.solve = [this, by, range](const SolvedEquation::Linear &linear) {
    auto here = iterations.solvingFor(linear.name);
    return corrected(by, linear, range);
  };
  return declare(std::move(equation));
}

//===----------------------------------------------------------------------===//
// Functions of what is solved
//===----------------------------------------------------------------------===//

/// Arguments like the unknowns: these themselves, or right sides and errors.
Value Solutions::argumentsOf(Loop &loop, const Pending &pending, bool isPoint) {
  std::vector<NodeRef> made;
  for (const NodeRef &leaf : pending.made->found) {
    RuleRef rule = beyond.ruleOfStart(leaf);
    Node node;
    node.kind = NodeKind::LoopArg;
    node.type = leaf->type;
    node.rule = isPoint ? rule : rules.homogeneous(rule);
    node.enclosing = &loop;
    node.index = int(loop.types.size());
    node.range = pending.equation.range;
    loop.types.push_back(node.type);
    loop.names.push_back("x" + std::to_string(loop.names.size()));
    made.push_back(nodes.make(std::move(node)));
  }
  size_t next = 0;
  return rebuild(pending.equation.found, made, next);
}

/// Sets what the function gives; false if it is not like the unknowns.
bool Solutions::yield(Loop &loop, const Pending &pending, const Value &result) {
  std::vector<NodeRef> leaves;
  if (result.isPoison() ||
      !arithmetic.flatten(result, pending.equation.range, leaves) ||
      leaves.size() != pending.made->found.size())
    return false;
  for (size_t i = 0; i < leaves.size(); ++i) {
    const Type &type = pending.made->found[i]->type;
    if (!leaves[i]->type.isField())
      leaves[i] = nodes.convert(leaves[i], type);
    if (leaves[i]->type.grid != type.grid ||
        !haveSameRows(leaves[i]->type, type))
      return false;
  }
  loop.yields = std::move(leaves);
  return true;
}

/// A function of so many groups of arguments, of which the first is the
/// solution. Null, with the obstacle, if there is none; then nothing is
/// reported.
std::shared_ptr<const Loop> Solutions::function(const Pending &pending,
                                                size_t numGroups,
                                                const Function &body,
                                                std::string &obstacle) {
  auto loop = std::make_shared<Loop>();
  loop->range = pending.equation.range;
  Groups groups;
  for (size_t i = 0; i < numGroups; ++i)
    groups.push_back(argumentsOf(*loop, pending, i == 0));
  DiagnosticEngine &diagnostics = reporter.diagnostics;
  size_t before = diagnostics.all().size();
  DiagnosticEngine::Trial unheard(diagnostics);
  if (yield(*loop, pending, body(groups)))
    return loop;
  bool isTold = diagnostics.all().size() > before;
  obstacle = isTold ? diagnostics.all()[before].message
                    : "its condition asks for more than the residual or the "
                      "change";
  return nullptr;
}

/// A, or its transpose, linearised at x, as a function between states.
Value Solutions::linear(const Pending &pending, const char *maker,
                        const Value &x) {
  const SolvedEquation &equation = pending.equation;
  Value made =
      calls.call(library(maker), {equation.function, x}, equation.range);
  auto received = std::make_shared<Received>();
  for (const NodeRef &leaf : pending.made->found)
    received->rules.push_back(rules.homogeneous(beyond.ruleOfStart(leaf)));
  made.received = std::move(received);
  return made;
}

void Solutions::makeFunctions(const Pending &pending) {
  Equation &made = *pending.made;
  const SolvedEquation &equation = pending.equation;
  SourceRange range = equation.range;
  std::deque<Reporter::Call> frames;
  for (SourceRange call : pending.calls)
    frames.emplace_back(reporter, call);
  auto unheld = freezing.begin(nullptr);
  auto unnumbered = iterations.unnumbered();
  Scoped<NameRecorder *> unseen(names.recorder, nullptr);
  std::string obstacle;
  if (pending.isHeld)
    obstacle = "it is solved within a function that is held";
  else
    made.residual = function(
        pending, 1,
        [&](const Groups &of) {
          Value value = calls.callValue(equation.function, of[0], range);
          return value.isPoison()
                     ? value
                     : arithmetic.binary(NodeKind::Sub, equation.right, value,
                                         range);
        },
        obstacle);
  if (!made.residual) {
    made.noTangent = made.noAdjoint = obstacle;
    made.residual = function(
        pending, 1, [](const Groups &of) { return of[0]; }, obstacle);
    return;
  }
  made.tangent = function(
      pending, 3,
      [&](const Groups &of) {
        Value by = linear(pending, "linearised_at", of[0]);
        Value first =
            made.starts.empty() ? states.zerosLike(of[1], range) : of[2];
        return equation.solve({by, of[1], first, of[0], "derivative"});
      },
      made.noTangent);
  made.adjoint = function(
      pending, 2,
      [&](const Groups &of) {
        Value by = linear(pending, "transposed_at", of[0]);
        Value zeros = states.zerosLike(of[1], range);
        return equation.solve({by, of[1], zeros, of[0], "adjoint"});
      },
      made.noAdjoint);
}

//===----------------------------------------------------------------------===//
// What derivatives go through
//===----------------------------------------------------------------------===//

namespace {

/// Finds the equations between derivatives and what they are made of.
class Passed {
public:
  void visit(const NodeRef &node, bool isBelow) {
    auto &seen = isBelow ? below : beside;
    if (!node || !seen.insert(node.get()).second)
      return;
    if (node->equation) {
      if (isBelow)
        equations.insert(node->equation.get());
      node->equation->forEachFunction([&](const Loop &function) {
        for (const NodeRef &yield : function.yields)
          visit(yield, isBelow);
      });
    }
    bool isDerivative = node->kind == NodeKind::Gradient ||
                        node->kind == NodeKind::Derivative ||
                        node->kind == NodeKind::Pullback;
    if (isDerivative)
      visit(node->args[0], true);
    node->forEachOperand(
        [&](const NodeRef &operand) { visit(operand, isBelow); });
  }

  std::set<const Equation *> equations;

private:
  std::set<const Node *> below, beside;
};

} // namespace

void Solutions::complete(const std::vector<NodeRef> &values) {
  // What is made may ask for more.
  for (bool isMore = !all.empty(); isMore && !effort.isStopped();) {
    Passed passed;
    for (const NodeRef &value : values)
      passed.visit(value, false);
    isMore = false;
    size_t count = all.size();
    for (size_t i = 0; i < count; ++i)
      if (!all[i].made->residual && passed.equations.count(all[i].made.get())) {
        makeFunctions(all[i]);
        isMore = true;
      }
  }
}
