//===- EvaluateCall.cpp - calls of functions, schemes and operators -------===//

#include "compiler/check/Evaluator.h"

#include "compiler/support/Suggest.h"

#include <algorithm>

using namespace pdec;
using ast::as;

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
  if (!match(given, {"u"}, 1, "the operator", expr.range, matched))
    return {};
  const Value &value = matched[0]->value;
  SourceRange range = expr.arguments[0].value->range;
  bool isField = value.kind == Value::Kind::Axis || value.isList() ||
                 (value.node && value.node->type.isField() &&
                  value.node->type.element == ElementKind::Real);
  if (isField)
    return apply(op.op, value, expr.range);
  Diagnostic &error =
      reporter.error(Error::WrongKind, range, "a field", describe(value));
  if (value.isOperator())
    error.help("operators are combined with '*': A*B");
  return {};
}

//===----------------------------------------------------------------------===//
// Arguments
//===----------------------------------------------------------------------===//

bool Evaluator::match(const std::vector<Given> &given,
                      const std::vector<std::string> &formals, size_t required,
                      const std::string &callee, SourceRange range,
                      std::vector<const Given *> &result) {
  result.assign(formals.size(), nullptr);
  for (size_t i = 0; i < given.size(); ++i) {
    size_t place = i;
    if (!given[i].name.empty())
      place = std::find(formals.begin(), formals.end(), given[i].name) -
              formals.begin();
    if (place < formals.size()) {
      if (result[place]) {
        reporter.error(Error::RepeatedArgument, given[i].range, formals[place])
            .note(result[place]->range, "it is given here first");
        return false;
      }
      result[place] = &given[i];
      continue;
    }
    if (given[i].name.empty()) {
      reporter.error(Error::TooManyArguments, given[i].range, callee,
                     counted(formals.size(), "argument"),
                     std::to_string(given.size()) +
                         (given.size() == 1 ? " is" : " are"));
      return false;
    }
    Diagnostic &error = reporter.error(Error::UnknownArgument, given[i].range,
                                       callee, given[i].name);
    std::string nearest = nearestName(given[i].name, formals);
    std::string all;
    for (const std::string &formal : formals)
      all += (all.empty() ? "" : ", ") + formal;
    if (!nearest.empty())
      error.help("did you mean '" + nearest + "'?");
    else if (!all.empty())
      error.help("its parameters are: " + all);
    return false;
  }
  for (size_t i = 0; i < required; ++i) {
    if (result[i])
      continue;
    reporter.error(Error::MissingArgument, range, callee, formals[i]);
    return false;
  }
  return true;
}

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
  if (!match(given, formals, 0, calleeName(*closure), range, matched))
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
