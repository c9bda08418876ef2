//===- EvaluateCall.cpp - calls of functions, schemes and operators -------===//

#include "compiler/check/Evaluator.h"

#include "compiler/support/Suggest.h"

#include <algorithm>

using namespace pdec;

/// Hierarchies take a few calls a level.
static constexpr int maxCallDepth = 200;

Value Evaluator::evalCall(const ast::CallExpr &expr, Scope &scope) {
  Value callee = eval(*expr.callee, scope);
  std::vector<Given> given;
  bool sound = !callee.isPoison();
  for (const ast::Argument &argument : expr.arguments) {
    Value value = eval(*argument.value, scope);
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
  if (callee.received)
    return callReceived(callee, given, expr.range);
  switch (callee.kind) {
  case Value::Kind::Closure:
    return callClosure(callee.closure, given, expr.range);
  case Value::Kind::Builtin:
    return callBuiltin(callee.builtin, given, expr.range);
  case Value::Kind::Operator:
    return applyOperator(expr, callee, given);
  default:
    break;
  }
  Diagnostic &error =
      reporter.error(Error::NotCallable, expr.callee->range, describe(callee));
  if (callee.isPointwise() && given.size() == 1)
    error.help("a product is written with '*'");
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

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

//===----------------------------------------------------------------------===//
// Functions and schemes
//===----------------------------------------------------------------------===//

static std::string calleeName(const Closure &closure) {
  if (closure.kind == Closure::Kind::Step)
    return closure.name.empty() ? "the map"
                                : "the scheme '" + closure.name + "' (applied)";
  return "'" + closure.name + "'";
}

Value Evaluator::call(const ClosureRef &closure, std::vector<Value> arguments,
                      SourceRange range) {
  std::vector<Given> given;
  for (Value &argument : arguments)
    given.push_back({"", std::move(argument), range});
  return callClosure(closure, given, range);
}

Value Evaluator::callValue(const Value &callee, const Value &argument,
                           SourceRange range) {
  std::vector<Given> given = {{"", argument, range}};
  return callee.received ? callReceived(callee, given, range)
                         : callOnce(callee, given, range);
}

//===----------------------------------------------------------------------===//
// Functions between states
//===----------------------------------------------------------------------===//

Value Evaluator::callOnce(const Value &callee, const std::vector<Given> &given,
                          SourceRange range) {
  if (!callee.isOperator())
    return callClosure(callee.closure, given, range);
  std::vector<const Given *> matched;
  if (!match(given, {"u"}, 1, "the operator", range, matched, reporter))
    return {};
  return arithmetic.apply(callee.op, matched[0]->value, range);
}

/// The rule of the state that an argument is, if the function is known to be
/// one of fields with the rule `given`. On coarser grids, where correction
/// schemes solve for errors, what has zero values keeps them.
RuleRef Evaluator::ruleOfArgument(const NodeRef &field, const RuleRef &given) {
  const Grid *grid = field->type.grid;
  RuleRef own = beyond.ruleOfArgument(field);
  bool isError = given && given->grid != grid && own && own->base;
  RuleRef rule = given && !isError ? given : own;
  if (!rule && stepRule && stepRule->grid == grid)
    rule = stepRule;
  if (!rule)
    return rules.ofGrid(grid);
  // On a coarser grid of the same hierarchy.
  std::vector<const Grid *> way;
  for (const Grid *at = grid; at && at != rule->grid; at = at->parent)
    way.push_back(at);
  if (!way.empty() && way.back()->parent != rule->grid)
    return rules.ofGrid(grid);
  for (auto at = way.rbegin(); at != way.rend(); ++at)
    rule = rules.coarser(rule, *at);
  return rule;
}

/// The arguments as states.
std::vector<Given> Evaluator::asArguments(const Received &received,
                                          const std::vector<Given> &given) {
  std::vector<Given> result = given;
  size_t next = 0;
  auto ruleOf = [&](const NodeRef &field) {
    RuleRef known =
        next < received.rules.size() ? received.rules[next] : nullptr;
    ++next;
    return ruleOfArgument(field, known);
  };
  for (Given &one : result)
    one.value = asStates(one.value, one.range, ruleOf);
  return result;
}

Value Evaluator::zerosLike(const Value &value, SourceRange range) {
  if (value.isList()) {
    std::vector<Value> elements;
    for (const Value &element : *value.list)
      elements.push_back(zerosLike(element, range));
    return Value::ofList(std::move(elements));
  }
  if (!value.node || !value.node->type.isField())
    return value;
  NodeRef zero = nodes.likeField(value.node->type, nodes.real(0, range));
  return asState(zero, beyond.ruleOfStart(value.node), range);
}

Value Evaluator::callReceived(const Value &callee,
                              const std::vector<Given> &given,
                              SourceRange range) {
  const Received &received = *callee.received;
  if (!received.isLinear)
    return callOnce(callee, asArguments(received, given), range);
  ++linearDepth;
  std::vector<Given> states = asArguments(received, given);
  std::vector<Given> zeros = states;
  for (Given &one : zeros)
    one.value = zerosLike(one.value, range);
  Value result = callOnce(callee, states, range);
  Value constant = callOnce(callee, zeros, range);
  --linearDepth;
  if (result.isPoison() || isZero(constant))
    return result;
  return arithmetic.binary(NodeKind::Sub, result, constant, range);
}

//===----------------------------------------------------------------------===//
// Closures
//===----------------------------------------------------------------------===//

/// Whatever a scheme is given as a function is one between states.
static Value receivedByScheme(Value value) {
  bool isFunction = value.kind == Value::Kind::Closure || value.isOperator();
  if (isFunction && !value.received)
    value.received = std::make_shared<Received>();
  return value;
}

/// A system of fields may be given as one list to a function that takes its
/// fields one by one.
void Evaluator::spreadList(const Closure &closure, std::vector<Given> &given) {
  size_t required = 0;
  for (const Closure::Formal &formal : closure.formals)
    required += formal.initial == nullptr;
  bool isSystem = required > 1 && given.size() == 1 && given[0].name.empty() &&
                  given[0].value.isList() &&
                  given[0].value.list->size() == required;
  if (!isSystem)
    return;
  Given whole = given[0];
  given.clear();
  for (const Value &element : *whole.value.list)
    given.push_back({"", element, whole.range});
}

/// Binds the arguments in a new scope and evaluates the body there, or, for a
/// scheme, makes the step that evaluates it later.
Value Evaluator::callClosure(const ClosureRef &closure,
                             const std::vector<Given> &arguments,
                             SourceRange range) {
  if (closure->isBroken)
    return {};
  std::vector<Given> given = arguments;
  spreadList(*closure, given);
  std::vector<std::string> formals;
  size_t required = 0;
  for (const Closure::Formal &formal : closure->formals) {
    formals.push_back(formal.name);
    if (!formal.initial)
      required = formals.size();
  }
  std::vector<const Given *> matched;
  if (!match(given, formals, 0, calleeName(*closure), range, matched, reporter))
    return {};
  for (size_t i = 0; i < required; ++i) {
    if (matched[i] || closure->formals[i].initial)
      continue;
    reporter
        .error(Error::MissingArgument, range, calleeName(*closure), formals[i])
        .note(closure->formals[i].range, "it is declared here");
    return {};
  }
  if (callDepth >= maxCallDepth && !hierarchy.empty()) {
    reporter.error(Error::HierarchyEndless, range, hierarchy);
    stopped = true;
    return {};
  }
  if (callDepth >= maxCallDepth) {
    reporter.error(Error::CallsTooDeep, range,
                   closure->name.empty() ? "the map" : closure->name);
    stopped = true;
    return {};
  }
  Reporter::Call frame(reporter, range);
  scopes.emplace_back(closure->environment, closure->visible, true);
  Scope &scope = scopes.back();
  ++callDepth;
  bool isStep = closure->kind == Closure::Kind::Step;
  for (size_t i = 0; i < formals.size(); ++i) {
    const Closure::Formal &formal = closure->formals[i];
    Value value = matched[i] ? matched[i]->value : eval(*formal.initial, scope);
    if (closure->kind == Closure::Kind::Scheme)
      value = receivedByScheme(std::move(value));
    rebind(scope, formal.name, std::move(value),
           isStep ? Role::State : Role::Parameter, formal.range);
  }
  Holding held{nullptr, closure->held.get(), 0};
  Holding *outer = holding;
  if (closure->held)
    holding = &held;
  std::string outerHierarchy = hierarchy;
  if (closure->isHierarchy)
    hierarchy = closure->name;
  Value result = evalBody(*closure, scope);
  holding = outer;
  hierarchy = outerHierarchy;
  --callDepth;
  return result;
}

Value Evaluator::evalBody(const Closure &closure, Scope &scope) {
  if (closure.kind == Closure::Kind::Scheme) {
    auto step = std::make_shared<Closure>(closure);
    makeStep(*step);
    step->environment = &scope;
    step->visible = clock;
    return Value(ClosureRef(step));
  }
  if (!closure.body->block)
    return eval(*closure.body->expr, scope);
  const ast::Block &block = *closure.body->block;
  bool isStep = closure.kind == Closure::Kind::Step;
  // A map may be a function like any other.
  if (isStep && closure.name.empty() && block.result)
    isStep = false;
  if (isStep && block.result) {
    reporter.error(Error::BlockWithResult, block.result->range)
        .help("write '" + closure.formals[0].name +
              " = ...' to set the new value");
    return {};
  }
  if (!isStep && !block.result) {
    reporter.error(Error::BlockWithoutResult, block.range);
    return {};
  }
  Scope *inner = newScope(&scope);
  evalBlock(block, *inner);
  if (!isStep)
    return eval(*block.result, *inner);
  std::vector<Value> state;
  for (const Closure::Formal &formal : closure.formals)
    state.push_back(scope.find(formal.name, UINT64_MAX)->value);
  return state.size() == 1 ? state[0] : Value::ofList(std::move(state));
}
