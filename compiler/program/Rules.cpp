//===- Rules.cpp - the boundary rules of fields ---------------------------===//
//
// Rules are shared: two fields have the same rule if and only if they have the
// same RuleRef. Every way to a rule therefore goes through a table here, and
// asking twice gives the same object.
//
//===----------------------------------------------------------------------===//

#include "compiler/program/Rules.h"

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

/// Its `base` leads back to the rule itself; a homogeneous rule is its own.
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
    // Of the homogeneous one, too: the ways commute, so that tables stay small.
    return homogeneous(coarser(rule->base, grid));
  if (rule == ofGrid(rule->grid))
    // A grid's own rule coarsens to the coarser grid's own, not to a copy.
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
          *node = nodes.onGrid(*node, grid);
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
      // What is periodic or mirrored is so for all fields alike; elsewhere
      // nothing is known of a coefficient but its cells.
      if (!isCopying(side->kind))
        *side = Side{BoundaryKind::Extrapolated, nullptr, nullptr, nullptr};
  return known = rule;
}

/// A rule of cells, wherever the axes end: `side` at each side that is not
/// periodic; if that is reflecting, half a cell beyond the last one.
static RuleRef ofCells(const RuleRef &own, const Side &side) {
  auto rule = std::make_shared<Rule>(*own);
  rule->fillsCells = true;
  for (Rule::AxisSides &axis : rule->axes)
    if (axis.low.kind != BoundaryKind::Periodic)
      axis.low = axis.high = side;
  return rule;
}

RuleRef Rules::filledWith(const Grid *grid, double value) {
  RuleRef &known = filled[{grid, value}];
  if (!known)
    known = ofCells(ofGrid(grid), {BoundaryKind::Dirichlet, nodes.real(value),
                                   nullptr, nullptr});
  return known;
}

RuleRef Rules::ofRows(const Grid *grid) {
  RuleRef &known = unused[grid];
  if (!known)
    known = ofCells(ofGrid(grid),
                    {BoundaryKind::Reflecting, nullptr, nullptr, nullptr});
  return known;
}

bool pdec::isMirroring(const Rule &rule) {
  return std::all_of(
      rule.axes.begin(), rule.axes.end(), [](const Rule::AxisSides &axis) {
        return isCopying(axis.low.kind) && isCopying(axis.high.kind);
      });
}

bool pdec::isClosed(const Rule &rule) {
  auto isOpen = [](const Side &side) {
    return side.kind != BoundaryKind::Reflecting &&
           side.kind != BoundaryKind::Periodic &&
           side.kind != BoundaryKind::Neumann;
  };
  return std::none_of(rule.axes.begin(), rule.axes.end(),
                      [&](const Rule::AxisSides &axis) {
                        return isOpen(axis.low) || isOpen(axis.high);
                      });
}

bool pdec::sameKinds(const Rule &a, const Rule &b) {
  for (size_t i = 0; i < a.axes.size(); ++i)
    for (bool isHigh : {false, true})
      if (a.axes[i].side(isHigh).kind != b.axes[i].side(isHigh).kind)
        return false;
  return true;
}
