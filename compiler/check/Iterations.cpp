//===- Iterations.cpp - iterations until a condition holds ----------------===//

#include "compiler/check/Iterations.h"

#include "compiler/check/Implied.h"

using namespace pdec;

/// The names of a value's numbers and fields: u, or p.0 and p.1 for a list.
static void leafNames(const Value &value, const std::string &name,
                      std::vector<std::string> &names) {
  if (!value.isList()) {
    names.push_back(name);
    return;
  }
  for (size_t i = 0; i < value.list->size(); ++i)
    leafNames((*value.list)[i], name + "." + std::to_string(i), names);
}

/// Whether two values are lists of the same structure, or no lists.
static bool sameShape(const Value &a, const Value &b) {
  if (!a.isList() || !b.isList())
    return a.isList() == b.isList();
  if (a.list->size() != b.list->size())
    return false;
  for (size_t i = 0; i < a.list->size(); ++i)
    if (!sameShape((*a.list)[i], (*b.list)[i]))
      return false;
  return true;
}

/// Where the script says something that may stand in a library: itself, or the
/// innermost call in the script that leads there.
SourceRange Iterations::placeInScript(SourceRange range) const {
  const std::vector<SourceRange> &calls = reporter.callStack();
  if (calls.empty())
    return range;
  const SourceFile *script = calls.front().file;
  if (range.file == script)
    return range;
  for (auto call = calls.rbegin(); call != calls.rend(); ++call)
    if (call->file == script)
      return *call;
  return range;
}

/// The name on the smaller side of a comparison, if it is a plain name.
static std::string measureName(const ast::Expr &until) {
  if (until.kind == ast::ExprKind::Binary)
    return measureName(*ast::as<ast::BinaryExpr>(until).left);
  if (until.kind != ast::ExprKind::Compare)
    return "condition";
  const auto &compare = ast::as<ast::CompareExpr>(until);
  bool isLess = compare.ops[0] == ast::CompareOp::Less ||
                compare.ops[0] == ast::CompareOp::LessEqual;
  const ast::Expr &side = *compare.operands[isLess ? 0 : 1];
  std::string name =
      side.kind == ast::ExprKind::Name ? ast::as<ast::NameExpr>(side).name : "";
  return name == "change" || name == "residual" ? name : "value";
}

/// Sets the loop's condition, and what it compares; false after an error.
bool Iterations::setUntil(const Iteration &iteration, Scope &scope,
                          Loop &loop) {
  loop.until = expressions.evalCondition(*iteration.until, scope);
  if (!loop.until)
    return false;
  if (loop.until->type.isField()) {
    reporter
        .error(Error::ScalarNeeded, iteration.until->range,
               iteration.isEvolution ? "the condition of an evolution"
                                     : "the condition of an iteration",
               describe(loop.until->type))
        .help("compare a number: max(abs(u)) < 1e-3, norm(u) < 1e-3");
    loop.until = nullptr;
    return false;
  }
  // Of alternatives, the first is the one that is hoped for.
  NodeRef first = loop.until;
  while (first->kind == NodeKind::Or)
    first = first->args[0];
  bool isComparison =
      first->kind == NodeKind::Less || first->kind == NodeKind::LessEqual;
  loop.measureName = iteration.isOfScript ? "evolution" : "condition";
  if (isComparison) {
    loop.measure = nodes.toReal(first->args[0]);
    loop.bound = nodes.toReal(first->args[1]);
    loop.measureName = measureName(*iteration.until);
    if (iteration.isOfScript && loop.measureName != "change")
      loop.measureName = "evolution";
  } else {
    loop.measure = loop.bound = nodes.real(0, iteration.until->range);
  }
  return true;
}

NodeRef Iterations::holdsAtStart(const Iteration &iteration, Scope &scope) {
  constexpr double none = std::numeric_limits<double>::infinity();
  Loop start;
  NodeRef change = nodes.real(none, iteration.range);
  setUntil(iteration,
           *conditionScope(iteration, scope, change, iteration.initials),
           start);
  return start.until;
}

/// How many passes there may be; null (reported) if that is no such number.
NodeRef Iterations::largestCount(const Iteration &iteration, Scope &scope) {
  constexpr int defaultLimit = 10000;
  NodeRef limit = iteration.atMost->count
                      ? expressions.evalInteger(*iteration.atMost->count, scope,
                                                "the largest number of passes")
                      : nodes.integer(defaultLimit, iteration.range);
  if (!limit || !isConstant(limit) || limit->integer >= 1)
    return limit;
  reporter.error(Error::NoPass, iteration.atMost->count->range, limit->integer);
  return nullptr;
}

/// The numbers and fields after a pass, each on the grid of the one before;
/// false (reported) if a value is poison or has another shape than at first.
bool Iterations::readPass(const Iteration &iteration,
                          const std::vector<Value> &after,
                          const std::vector<NodeRef> &carried,
                          std::vector<NodeRef> &leaves) {
  for (size_t i = 0; i < iteration.names.size(); ++i) {
    if (i >= after.size() || after[i].isPoison())
      return false;
    if (!sameShape(after[i], iteration.initials[i])) {
      reporter.error(Error::StateShape, iteration.range, iteration.names[i],
                     describe(iteration.initials[i]), describe(after[i]));
      return false;
    }
    if (!arithmetic.flatten(after[i], iteration.range, leaves))
      return false;
  }
  for (size_t i = 0; i < leaves.size(); ++i) {
    NodeRef old = carried[i];
    if (!grids.sameGrid(leaves[i], old, iteration.range))
      return false;
  }
  return true;
}

static bool isScalar(const Value &value) {
  return value.node && !value.node->type.isField();
}

/// How far the values after a pass are from those before.
NodeRef Iterations::changeOf(const Iteration &iteration,
                             const std::vector<Value> &before,
                             const std::vector<Value> &after) {
  if (!iteration.isEvolution ||
      std::all_of(after.begin(), after.end(), isScalar))
    return reductions.changeOf(before, after, iteration.range);
  std::vector<Value> oldFields, newFields;
  for (size_t i = 0; i < after.size(); ++i)
    if (!isScalar(after[i])) {
      oldFields.push_back(before[i]);
      newFields.push_back(after[i]);
    }
  return reductions.changeOf(oldFields, newFields, iteration.range);
}

/// What the condition sees: the values after the pass under their names,
/// `change`, and the measures of the caller.
Scope *Iterations::conditionScope(const Iteration &iteration, Scope &scope,
                                  const NodeRef &change,
                                  const std::vector<Value> &after) {
  Scope *inner = names.newScope(&scope);
  names.rebind(*inner, "change", change, Role::Constant, {});
  for (size_t i = 0; i < after.size(); ++i)
    names.rebind(*inner, iteration.names[i], after[i], Role::Constant,
                 iteration.places.empty() ? SourceRange()
                                          : iteration.places[i]);
  if (iteration.declareMeasures)
    iteration.declareMeasures(*inner, after);
  return inner;
}

std::vector<Value> Iterations::iterate(const Iteration &iteration,
                                       Scope &scope) {
  std::vector<NodeRef> inits;
  std::vector<std::string> carriedNames;
  for (size_t i = 0; i < iteration.names.size(); ++i) {
    if (!arithmetic.flatten(iteration.initials[i], iteration.range, inits))
      return {};
    leafNames(iteration.initials[i], iteration.names[i], carriedNames);
  }
  NodeRef limit = largestCount(iteration, scope);
  if (!limit)
    return {};
  // One number for all rounds that find out the types of what is carried.
  int number = numFixpoints++;
  auto shaped = [&](const std::vector<NodeRef> &leaves) {
    std::vector<Value> values;
    size_t next = 0;
    for (const Value &initial : iteration.initials)
      values.push_back(rebuild(initial, leaves, next));
    return values;
  };
  auto body = [&](const std::vector<NodeRef> &carried, Loop &loop) {
    loop.accepts = iteration.atMost->accept;
    loop.number = number;
    loop.reported = placeInScript(iteration.range);
    std::vector<Value> before = shaped(carried);
    std::vector<Value> after = iteration.next(before);
    std::vector<NodeRef> leaves;
    if (!readPass(iteration, after, carried, leaves))
      return std::vector<Value>(carriedNames.size());
    if (iteration.result) {
      before = {iteration.result(before[0])};
      after = {iteration.result(after[0])};
    }
    NodeRef change = changeOf(iteration, before, after);
    bool isSound = setUntil(
        iteration, *conditionScope(iteration, scope, change, after), loop);
    if (isSound && iteration.observe)
      isSound = iteration.observe(loop, after);
    if (!isSound)
      return std::vector<Value>(carriedNames.size());
    return std::vector<Value>(leaves.begin(), leaves.end());
  };
  std::vector<NodeRef> results =
      loops.make(carriedNames, inits, limit, false, iteration.range, body);
  return results.empty() ? std::vector<Value>() : shaped(results);
}

//===----------------------------------------------------------------------===//
// Conditions without an iteration
//===----------------------------------------------------------------------===//

Value Iterations::requirement(const std::vector<const Given *> &given,
                              const std::string &name, SourceRange range) {
  NodeRef value =
      numberOf(given[0]->value, given[0]->range, "the value", reporter);
  NodeRef told = numberOf(given[2]->value, given[2]->range,
                          "the number to tell", reporter);
  const NodeRef &holds = given[1]->value.node;
  if (!value || !told)
    return {};
  if (!holds || holds->type.isField() ||
      holds->type.element != ElementKind::Bool) {
    reporter.error(Error::ExpectedCondition, given[1]->range,
                   describe(given[1]->value));
    return {};
  }
  if (isConstant(holds) && holds->integer)
    return value;
  return Value(requirementLoop(holds, value, told, name, unknown, range));
}

/// `value`, if the condition holds when the program comes to it.
NodeRef Iterations::requirementLoop(const NodeRef &holds, const NodeRef &value,
                                    const NodeRef &told,
                                    const std::string &measure,
                                    const std::string &what,
                                    SourceRange range) {
  int number = numFixpoints++;
  auto body = [&](const std::vector<NodeRef> &, Loop &loop) {
    loop.number = number;
    loop.reported = placeInScript(range);
    loop.until = holds;
    loop.measure = nodes.toReal(told);
    loop.bound = nodes.real(0, range);
    loop.measureName = measure;
    return std::vector<Value>{nodes.toReal(value)};
  };
  std::vector<NodeRef> results =
      loops.make({what}, {nodes.toReal(value)}, nodes.integer(1, range), false,
                 range, body);
  return results.empty() ? nullptr : results[0];
}

/// Whether a condition follows from parameters, so that it is known before
/// anything runs.
static bool isOfParameters(const NodeRef &node) {
  if (node->kind == NodeKind::Param)
    return !node->type.isField();
  bool isLeaf = isConstant(node) || node->kind == NodeKind::Epsilon;
  bool isArithmetic = isPointwise(*node) && !node->type.isField();
  return isLeaf ||
         (isArithmetic &&
          std::all_of(node->args.begin(), node->args.end(), isOfParameters));
}

/// Whether anything in a condition of parameters is one.
static bool hasParameter(const NodeRef &node) {
  return node->kind == NodeKind::Param ||
         std::any_of(node->args.begin(), node->args.end(), hasParameter);
}

bool Iterations::require(const ast::RequireStatement &statement, Scope &scope,
                         bool isOfScript) {
  NodeRef holds = expressions.evalCondition(*statement.condition, scope);
  SourceRange range = statement.condition->range;
  const std::string &text = statement.message.text;
  if (!holds || isImplied(holds, params()))
    return holds != nullptr;
  bool isOfLibrary = range.file != placeInScript(range).file;
  bool isKnown = isOfScript || (isOfParameters(holds) && hasParameter(holds));
  if (isConstant(holds)) {
    reporter.error(Error::Unfulfilled, range, text).message = text;
    return false;
  }
  if (isKnown && !holds->type.isField())
    requireInRun(holds, text, range);
  else if (isOfLibrary)
    return true; // what it is given may be what passes compute
  else if (holds->type.isField())
    reporter
        .error(Error::ScalarNeeded, range, "what the script requires",
               describe(holds->type))
        .help("compare a number: min(f) > 0, max(abs(f)) < 1");
  else
    reporter.error(Error::UnknownRequirement, range);
  return true;
}

void Iterations::requireInRun(const NodeRef &holds, const std::string &text,
                              SourceRange range) {
  NodeRef none = nodes.real(0, range);
  if (NodeRef loop = requirementLoop(
          holds, none, none, requirementPrefix + text, "requirement", range))
    required.push_back(loop);
}
