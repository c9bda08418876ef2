//===- Rules.cpp - the boundary rules of fields ---------------------------===//

#include "compiler/check/Rules.h"

#include <algorithm>

using namespace pdec;

RuleRef Rules::ofGrid(const Grid *grid) {
  RuleRef &known = defaults[grid];
  if (known)
    return known;
  auto rule = std::make_shared<Rule>();
  rule->grid = grid;
  for (const Axis &axis : grid->axes)
    rule->axes.push_back({axis.low, axis.high});
  return known = rule;
}

RuleRef Rules::homogeneous(const RuleRef &rule) {
  if (rule->base)
    return rule;
  RuleRef &known = zeroed[rule];
  if (known)
    return known;
  auto zero = std::make_shared<Rule>(*rule);
  zero->base = rule;
  for (Rule::AxisSides &axis : zero->axes)
    for (Side *side : {&axis.low, &axis.high})
      if (side->value)
        side->value = nodes.real(0, side->value->range);
  return known = zero;
}

RuleRef Rules::coarser(const RuleRef &rule, const Grid *grid) {
  if (rule->base)
    return homogeneous(coarser(rule->base, grid));
  if (rule == ofGrid(rule->grid))
    return fines.emplace(ofGrid(grid), rule).first->first;
  RuleRef &known = coarse[{rule, grid}];
  if (known)
    return known;
  auto moved = std::make_shared<Rule>(*rule);
  moved->grid = grid;
  for (Rule::AxisSides &axis : moved->axes)
    for (Side *side : {&axis.low, &axis.high})
      for (NodeRef *node : {&side->value, &side->a, &side->b})
        if (*node)
          *node = onGrid(*node, grid);
  known = moved;
  fines[known] = rule;
  return known;
}

RuleRef Rules::finer(const RuleRef &rule) {
  auto found = fines.find(rule->base ? rule->base : rule);
  if (found == fines.end())
    return nullptr;
  return rule->base ? homogeneous(found->second) : found->second;
}

RuleRef Rules::ofCoefficients(const Grid *grid) {
  RuleRef &known = coefficients[grid];
  if (known)
    return known;
  auto rule = std::make_shared<Rule>(*ofGrid(grid));
  rule->isCoefficient = true;
  for (Rule::AxisSides &axis : rule->axes)
    for (Side *side : {&axis.low, &axis.high})
      if (!isCopying(side->kind))
        *side = Side{BoundaryKind::Extrapolated, nullptr, nullptr, nullptr};
  return known = rule;
}

bool pdec::isMirroring(const Rule &rule) {
  return std::all_of(
      rule.axes.begin(), rule.axes.end(), [](const Rule::AxisSides &axis) {
        return isCopying(axis.low.kind) && isCopying(axis.high.kind);
      });
}

bool pdec::sameKinds(const Rule &a, const Rule &b) {
  for (size_t i = 0; i < a.axes.size(); ++i)
    for (bool isHigh : {false, true})
      if (a.axes[i].side(isHigh).kind != b.axes[i].side(isHigh).kind)
        return false;
  return true;
}
