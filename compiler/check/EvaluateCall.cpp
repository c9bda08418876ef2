//===- EvaluateCall.cpp - calls of functions, schemes and operators -------===//

#include "compiler/check/Evaluator.h"

#include "compiler/support/Suggest.h"

#include <algorithm>

using namespace pdec;

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

/// The arguments as states.
std::vector<Given> Evaluator::asArguments(const Received &received,
                                          const std::vector<Given> &given) {
  std::vector<Given> result = given;
  size_t next = 0;
  auto ruleOf = [&](const NodeRef &field) {
    RuleRef known =
        next < received.rules.size() ? received.rules[next] : nullptr;
    ++next;
    return states.ruleOfArgument(field, known);
  };
  for (Given &one : result)
    one.value = states.asStates(one.value, one.range, ruleOf);
  return result;
}

Value Evaluator::callReceived(const Value &callee,
                              const std::vector<Given> &given,
                              SourceRange range) {
  const Received &received = *callee.received;
  if (!received.isLinear)
    return callOnce(callee, asArguments(received, given), range);
  auto linear = states.inLinearPart();
  std::vector<Given> arguments = asArguments(received, given);
  std::vector<Given> zeros = arguments;
  for (Given &one : zeros)
    one.value = states.zerosLike(one.value, range);
  Value result = callOnce(callee, arguments, range);
  Value constant = callOnce(callee, zeros, range);
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
  if (!effort.mayCall(*closure, range))
    return {};
  Reporter::Call frame(reporter, range);
  auto deeper = effort.inCall();
  Scope &scope = *names.newScope(*closure);
  bool isStep = closure->kind == Closure::Kind::Step;
  for (size_t i = 0; i < formals.size(); ++i) {
    const Closure::Formal &formal = closure->formals[i];
    Value value = matched[i] ? matched[i]->value : eval(*formal.initial, scope);
    if (closure->kind == Closure::Kind::Scheme)
      value = receivedByScheme(std::move(value));
    names.rebind(scope, formal.name, std::move(value),
                 isStep ? Role::State : Role::Parameter, formal.range);
  }
  Freezing::Held own{nullptr, closure->held.get()};
  auto held = freezing.begin(closure->held ? &own : freezing.current());
  auto here = effort.inBody(*closure);
  return evalBody(*closure, scope);
}

Value Evaluator::evalBody(const Closure &closure, Scope &scope) {
  if (closure.kind == Closure::Kind::Scheme)
    return names.stepOf(closure, scope);
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
  Scope *inner = names.newScope(&scope);
  evalBlock(block, *inner);
  if (!isStep)
    return eval(*block.result, *inner);
  std::vector<Value> state;
  for (const Closure::Formal &formal : closure.formals)
    state.push_back(scope.find(formal.name, UINT64_MAX)->value);
  return state.size() == 1 ? state[0] : Value::ofList(std::move(state));
}
