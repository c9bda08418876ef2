//===- Beyond.cpp - what an expression is beyond the sides ----------------===//

#include "compiler/program/Beyond.h"

#include "compiler/program/Fold.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <tuple>
#include <unordered_map>

using namespace pdec;

static bool isState(const Node &node) {
  switch (node.kind) {
  case NodeKind::Input:
  case NodeKind::State:
  case NodeKind::LoopArg:
  case NodeKind::LoopResult:
  case NodeKind::Solution:
  case NodeKind::Along:
  case NodeKind::Restrict:
  case NodeKind::Prolong:
    return true;
  default:
    return false;
  }
}

static bool isRate(const Node &node) {
  return node.kind == NodeKind::Apply || node.kind == NodeKind::Adjoint ||
         node.kind == NodeKind::Convolve ||
         ((node.kind == NodeKind::Gradient ||
           node.kind == NodeKind::Derivative ||
           node.kind == NodeKind::Pullback) &&
          node.rule);
}

static void addOnce(std::vector<RuleRef> &rules, const RuleRef &rule) {
  if (std::find(rules.begin(), rules.end(), rule) == rules.end())
    rules.push_back(rule);
}

Beyond::Parts Beyond::partsOf(const NodeRef &field) {
  Parts parts;
  std::set<const Node *> seen;
  std::function<void(const NodeRef &)> visit = [&](const NodeRef &node) {
    if (!node->type.isField() || !seen.insert(node.get()).second)
      return;
    if (isPointwise(*node)) {
      std::for_each(node->args.begin(), node->args.end(), visit);
    } else if (isState(*node)) {
      parts.states.push_back(node);
      addOnce(parts.ofStates, node->rule);
    } else if (isRate(*node)) {
      parts.rates.push_back(node);
      addOnce(parts.ofRates, node->rule);
    } else {
      parts.functions.push_back(node);
    }
  };
  visit(field);
  return parts;
}

std::vector<RuleRef> Beyond::families(const Parts &parts) {
  std::vector<RuleRef> result;
  for (const RuleRef &rule : parts.ofStates)
    if (!rule->base && !rule->isCoefficient)
      result.push_back(rule);
  return result;
}

//===----------------------------------------------------------------------===//
// Expressions as functions of numbers
//===----------------------------------------------------------------------===//

namespace {

/// Evaluates a pointwise expression with a number for each of its parts. What
/// decides between two values, as a condition or a maximum, is not computed
/// from these numbers, which are not those of a run: either may be the one,
/// unless both are alike.
class Sample {
public:
  /// `number` is that of a part: a field that is no function, or a scalar that
  /// is not made of others; `choice` is what an operation decides.
  Sample(std::function<double(const Node &)> number,
         std::function<bool(const Node &)> choice)
      : number(std::move(number)), choice(std::move(choice)) {}

  double operator()(const NodeRef &node) {
    auto [place, isNew] = known.try_emplace(node.get(), 0);
    if (!isNew)
      return place->second;
    double value = compute(*node);
    return known[node.get()] = value;
  }

private:
  std::function<double(const Node &)> number;
  std::function<bool(const Node &)> choice;
  std::unordered_map<const Node *, double> known;

  double compute(const Node &node) {
    if (node.kind == NodeKind::Constant)
      return node.type.element == ElementKind::Real ? node.number
                                                    : double(node.integer);
    if (node.kind == NodeKind::Spread)
      return (*this)(node.args[0]);
    if (!isPointwise(node))
      return number(node);
    double a = (*this)(node.args[0]);
    switch (node.kind) {
    case NodeKind::ToReal:
      return a;
    case NodeKind::Not:
      return a == 0;
    case NodeKind::Select:
      return (*this)(node.args[a != 0 ? 1 : 2]);
    default:
      break;
    }
    return node.args.size() == 1 ? ofOne(node, a)
                                 : ofTwo(node, a, (*this)(node.args[1]));
  }

  double ofOne(const Node &node, double a) {
    // Of zero it is decided.
    if (a != 0 && node.kind == NodeKind::Abs)
      return choice(node) ? a : -a;
    if (a != 0 && node.kind == NodeKind::Floor)
      return number(node);
    return foldReal(node.kind, a);
  }

  double ofTwo(const Node &node, double a, double b) {
    bool isProduct = node.kind == NodeKind::Mul || node.kind == NodeKind::Div;
    switch (node.kind) {
    case NodeKind::And:
      return a != 0 && b != 0;
    case NodeKind::Or:
      return a != 0 || b != 0;
    case NodeKind::Less:
    case NodeKind::LessEqual:
    case NodeKind::Equal:
    case NodeKind::NotEqual:
      return a == b ? foldCompare(node.kind, a, b) : choice(node);
    case NodeKind::Min:
    case NodeKind::Max:
      return a == b || choice(node) ? a : b;
    default:
      // What a rate is multiplied by need have no value for these numbers.
      bool isZero = a == 0 || (b == 0 && node.kind == NodeKind::Mul);
      return isProduct && isZero ? 0 : foldReal(node.kind, a, b);
    }
  }
};

/// Numbers in (0.5, 1.5), the same for the same thing.
class Numbers {
public:
  explicit Numbers(int trial)
      : trial(trial), state((trial + 1) * 0x9E3779B97F4A7C15 + 1) {}

  /// Of either sign: a function may be its argument for one of them.
  double of(const Rule &family) {
    double size = of({0, 0, 0, &family});
    return trial % 2 ? -size : size;
  }
  /// All one way, all the other way, and in any way.
  bool choiceOf(const Node &node) {
    return trial < 2 ? trial == 0 : of(node) > 1;
  }
  /// Parameters, sizes and coordinates are one thing in all their nodes.
  double of(const Node &part) {
    switch (part.kind) {
    case NodeKind::Param:
    case NodeKind::GridSize:
    case NodeKind::Coordinate:
    case NodeKind::CellIndex:
      return of({1 + int(part.kind), part.index, part.axis, nullptr});
    default:
      return of({0, 0, 0, &part});
    }
  }

private:
  using Key = std::tuple<int, int, int, const void *>;
  int trial;
  uint64_t state;
  std::map<Key, double> known;

  double of(const Key &key) {
    auto [place, isNew] = known.try_emplace(key, 0);
    if (isNew)
      place->second = next();
    return place->second;
  }

  double next() {
    state = state * 6364136223846793005 + 1442695040888963407;
    return 0.5 + double(state >> 11) * 0x1p-53;
  }
};

} // namespace

static constexpr int numTrials = 10;
static constexpr double tolerance = 1e-9;

/// Whether an expression has the value of a field with `rule`, or zero if that
/// is null, where all such fields have one value and all rates are zero.
bool Beyond::equals(const NodeRef &field, const RuleRef &rule) {
  for (int trial = 0; trial < numTrials; ++trial) {
    Numbers numbers(trial);
    auto number = [&](const Node &part) {
      if (isRate(part) || (part.rule && part.rule->base))
        return 0.0;
      bool isFamily =
          part.type.isField() && part.rule && !part.rule->isCoefficient;
      return isFamily ? numbers.of(*part.rule) : numbers.of(part);
    };
    Sample sample(number,
                  [&](const Node &node) { return numbers.choiceOf(node); });
    double wanted = rule ? numbers.of(*rule) : 0;
    if (!(std::abs(sample(field) - wanted) <= tolerance))
      return false;
  }
  return true;
}

/// Whether an expression depends on its fields at all.
bool Beyond::isDifference(const NodeRef &field) {
  for (int trial = 0; trial < numTrials; ++trial) {
    Numbers numbers(trial);
    Sample sample([&](const Node &part) { return numbers.of(part); },
                  [&](const Node &node) { return numbers.choiceOf(node); });
    if (!(std::abs(sample(field)) <= tolerance))
      return true;
  }
  return false;
}

/// The rule of an expression that is a state or a rate: a mean of states, a
/// difference of some, plus functions of rates that are zero with them.
RuleRef Beyond::affineRule(const NodeRef &field, const Parts &parts) {
  std::vector<RuleRef> found = families(parts);
  for (const RuleRef &rule : found)
    if (equals(field, rule))
      return rule;
  if (!equals(field, nullptr) || !isDifference(field))
    return nullptr;
  for (const RuleRef &rule : parts.ofRates)
    addOnce(found, rule);
  for (const RuleRef &rule : parts.ofStates)
    addOnce(found, rule);
  for (const RuleRef &rule : found)
    if (!sameKinds(*rule, *found.front()) || rule->isCoefficient)
      return nullptr;
  return found.empty() ? nullptr : rules->homogeneous(found.front());
}

//===----------------------------------------------------------------------===//
// Continuations
//===----------------------------------------------------------------------===//

Continuation Beyond::continuationOf(const NodeRef &field) {
  if (isState(*field) || isRate(*field))
    return {Continuation::ByRule, field->rule};
  Parts parts = partsOf(field);
  std::vector<RuleRef> all = parts.ofStates;
  all.insert(all.end(), parts.ofRates.begin(), parts.ofRates.end());
  if (!parts.functions.empty())
    all.push_back(rules->ofGrid(field->type.grid));
  bool areMirrored =
      std::all_of(all.begin(), all.end(),
                  [](const RuleRef &rule) { return isMirroring(*rule); });
  if (areMirrored)
    return {Continuation::ByRule, all.front()};
  if (RuleRef rule = affineRule(field, parts))
    return {Continuation::ByRule, rule};
  if (parts.rates.empty() || equals(field, nullptr))
    return {Continuation::ByParts, nullptr};
  return {Continuation::Unclear, nullptr};
}

bool Beyond::isFieldOf(const NodeRef &field, const RuleRef &rule) {
  Continuation now = continuationOf(field);
  if (now.kind != Continuation::ByRule)
    return false;
  bool isNamed = isState(*field) || isRate(*field);
  return (isNamed && now.rule == rule) ||
         (isMirroring(*now.rule) && isMirroring(*rule));
}

RuleRef Beyond::ruleOfStart(const NodeRef &field) {
  if (hasRows(field->type))
    return ruleOfAdjoint(field);
  // What starts from sums of lines is a state of its own.
  if (field->kind == NodeKind::Along)
    return rules->ofGrid(field->type.grid);
  if (isState(*field) || isRate(*field))
    return field->rule;
  Parts parts = partsOf(field);
  if (RuleRef rule = affineRule(field, parts))
    return rule;
  std::vector<RuleRef> found = families(parts);
  return found.size() == 1 ? found.front() : rules->ofGrid(field->type.grid);
}

RuleRef Beyond::ruleOfArgument(const NodeRef &field) {
  Parts parts = partsOf(field);
  std::vector<RuleRef> found = families(parts);
  if (found.size() == 1)
    return found.front();
  for (const RuleRef &rule : found)
    if (equals(field, rule))
      return rule;
  if (!found.empty())
    return nullptr;
  for (const RuleRef &rule : parts.ofStates)
    if (rule->base)
      return rule;
  return parts.ofRates.empty()
             ? nullptr
             : rules->homogeneous(parts.ofRates.front())->base;
}

RuleRef Beyond::ruleOfAdjoint(const NodeRef &field) {
  Parts parts = partsOf(field);
  std::vector<RuleRef> found;
  for (const auto *list : {&parts.ofRates, &parts.ofStates})
    for (const RuleRef &rule : *list) {
      RuleRef zero = rules->homogeneous(rule);
      if (!zero->base->isCoefficient)
        addOnce(found, zero);
    }
  if (found.empty())
    return rules->homogeneous(rules->ofGrid(field->type.grid));
  for (const RuleRef &rule : found)
    if (!sameKinds(*rule, *found.front()))
      return nullptr;
  return found.front();
}

const Node *Beyond::stateOf(const NodeRef &field) {
  if (isState(*field))
    return field.get();
  Parts parts = partsOf(field);
  for (const NodeRef &state : parts.states)
    if (!state->rule->base && equals(field, state->rule))
      return state.get();
  return nullptr;
}
