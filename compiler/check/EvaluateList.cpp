//===- EvaluateList.cpp - systems of fields and vector fields -------------===//
//
// Lists are values of the script only: what works on numbers and fields works
// on lists of them entry by entry, and on a list and a number with each entry.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Evaluator.h"

#include <utility>

using namespace pdec;

//===----------------------------------------------------------------------===//
// Operators on fields and lists
//===----------------------------------------------------------------------===//

//===----------------------------------------------------------------------===//
// Parts that a scheme holds
//===----------------------------------------------------------------------===//

/// hold(R, u) is R in which each freeze(e) has the value that it has for u.
Value Evaluator::hold(const std::vector<const Given *> &given,
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
    if (callValue(function, given[1]->value, range).isPoison())
      return {};
  }
  auto result = std::make_shared<Closure>(*function.closure);
  result->held = std::move(noted);
  Value held = Value(ClosureRef(result));
  held.received = function.received;
  return held;
}

//===----------------------------------------------------------------------===//
// Functions of states
//===----------------------------------------------------------------------===//

/// Whether no side says what a field is, but at most its slope: then fields
/// that differ by a constant obey the same rule.
Value Evaluator::closed(const Given &given, SourceRange range) {
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
    for (const Rule::AxisSides &axis : beyond.ruleOfStart(leaf)->axes)
      for (const Side *side : {&axis.low, &axis.high})
        isClosed &= side->kind == BoundaryKind::Reflecting ||
                    side->kind == BoundaryKind::Periodic ||
                    side->kind == BoundaryKind::Neumann;
  }
  return nodes.boolean(isClosed, range);
}

/// linear(A) is A without its constant part.
Value Evaluator::linear(const Given &given) {
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
