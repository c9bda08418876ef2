//===- Calls.cpp - calls of functions, schemes and operators --------------===//

#include "compiler/check/Calls.h"

#include "compiler/check/Blocks.h"

using namespace pdec;

//===----------------------------------------------------------------------===//
// Functions and schemes
//===----------------------------------------------------------------------===//

static std::string calleeName(const Closure &closure) {
  if (closure.kind == Closure::Kind::Step)
    return closure.name.empty() ? "the map"
                                : "the scheme '" + closure.name + "' (applied)";
  return "'" + closure.name + "'";
}

Value Calls::call(const ClosureRef &closure, std::vector<Value> arguments,
                  SourceRange range) {
  std::vector<Given> given;
  for (Value &argument : arguments)
    given.push_back({"", std::move(argument), range});
  return callClosure(closure, given, range);
}

Value Calls::callValue(const Value &callee, const Value &argument,
                       SourceRange range) {
  std::vector<Given> given = {{"", argument, range}};
  return callee.received ? callReceived(callee, given, range)
                         : callOnce(callee, given, range);
}

//===----------------------------------------------------------------------===//
// Functions between states
//===----------------------------------------------------------------------===//

Value Calls::callOnce(const Value &callee, const std::vector<Given> &given,
                      SourceRange range) {
  if (!callee.isOperator())
    return callClosure(callee.closure, given, range);
  std::vector<const Given *> matched;
  if (!match(given, {"u"}, 1, "the operator", range, matched, reporter))
    return {};
  return arithmetic.apply(callee.op, matched[0]->value, range);
}

/// The arguments as states.
std::vector<Given> Calls::asArguments(const Received &received,
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

Value Calls::callReceived(const Value &callee, const std::vector<Given> &given,
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
static void spreadList(const Closure &closure, std::vector<Given> &given) {
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
Value Calls::callClosure(const ClosureRef &closure,
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
    Diagnostic &error = reporter.error(Error::MissingArgument, range,
                                       calleeName(*closure), formals[i]);
    error.note(closure->formals[i].range, "it is declared here");
    bool isStep = closure->kind == Closure::Kind::Step;
    if (isStep && given.empty() && !closure->name.empty())
      error.help("a scheme without parameters is a step: write " +
                 closure->name);
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
    Value value = matched[i] ? matched[i]->value
                             : expressions.eval(*formal.initial, scope);
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

Value Calls::evalBody(const Closure &closure, Scope &scope) {
  if (closure.kind == Closure::Kind::Scheme)
    return names.stepOf(closure, scope);
  if (!closure.body->block)
    return expressions.eval(*closure.body->expr, scope);
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
    reportNoResult(block, reporter);
    return {};
  }
  Scope *inner = names.newScope(&scope);
  if (!expressions.evalBlock(block, *inner))
    return {};
  if (!isStep)
    return expressions.eval(*block.result, *inner);
  std::vector<Value> state;
  for (const Closure::Formal &formal : closure.formals)
    state.push_back(scope.find(formal.name, UINT64_MAX)->value);
  return state.size() == 1 ? state[0] : Value::ofList(std::move(state));
}
