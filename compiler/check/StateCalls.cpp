//===- StateCalls.cpp - built-in functions of states ----------------------===//

#include "compiler/check/StateCalls.h"

using namespace pdec;

Value StateCalls::state(const Given &given, SourceRange range) {
  std::vector<NodeRef> leaves;
  if (!arithmetic.flatten(given.value, given.range, leaves))
    return {};
  return states.asStates(given.value, range, [this](const NodeRef &field) {
    return states.ruleOfArgument(field, nullptr);
  });
}

Value StateCalls::closed(const Given &given, SourceRange range) {
  std::vector<NodeRef> leaves;
  if (!arithmetic.flatten(given.value, given.range, leaves))
    return {};
  bool isClosed = true;
  for (const NodeRef &leaf : leaves) {
    if (!leaf->type.isField()) {
      reporter.error(Error::WrongKind, given.range, "a field",
                     describe(leaf->type));
      return {};
    }
    isClosed &= pdec::isClosed(*beyond.ruleOfStart(leaf));
  }
  return nodes.boolean(isClosed, range);
}

Value StateCalls::linear(const Given &given) {
  Value result = given.value;
  if (result.kind != Value::Kind::Closure && !result.isOperator()) {
    reporter.error(Error::WrongKind, given.range, "a function or an operator",
                   describe(result));
    return {};
  }
  auto received = result.received ? std::make_shared<Received>(*result.received)
                                  : std::make_shared<Received>();
  received->isLinear = true;
  result.received = std::move(received);
  return result;
}

Value StateCalls::hold(const std::vector<const Given *> &given,
                       SourceRange range) {
  const Value &function = given[0]->value;
  // An operator has nothing in it that could be frozen.
  if (function.isOperator())
    return function;
  if (function.kind != Value::Kind::Closure) {
    reporter.error(Error::WrongKind, given[0]->range,
                   "a function or an operator", describe(function));
    return {};
  }
  auto noted = std::make_shared<std::vector<Value>>();
  Freezing::Held noting{noted.get()};
  {
    auto held = freezing.begin(&noting);
    if (calls.callValue(function, given[1]->value, range).isPoison())
      return {};
  }
  auto result = std::make_shared<Closure>(*function.closure);
  result->held = std::move(noted);
  Value held = Value(ClosureRef(result));
  held.received = function.received;
  return held;
}
