//===- Boundaries.cpp - boundary rules of grids and fields ----------------===//

#include "compiler/check/Boundaries.h"

#include <algorithm>

using namespace pdec;

//===----------------------------------------------------------------------===//
// Kinds
//===----------------------------------------------------------------------===//

/// Calls visit(side, boundary) for each side that a part of a clause is about.
template <typename Visit>
static void forEachSide(const ast::GridClause &clause, const Grid &grid,
                        std::vector<Rule::AxisSides> &sides,
                        const Visit &visit) {
  for (size_t i = 0; i < sides.size(); ++i) {
    if (clause.kind == ast::ClauseKind::Boundary) {
      visit(sides[i].low, clause.both);
      visit(sides[i].high, clause.both);
    }
    for (const ast::GridClause::Side &part : clause.sides) {
      if (!part.axis.text.empty() && part.axis.text != grid.axes[i].name)
        continue;
      if (part.which != ast::GridClause::Side::High)
        visit(sides[i].low, part.boundary);
      if (part.which != ast::GridClause::Side::Low)
        visit(sides[i].high, part.boundary);
    }
  }
}

/// Checks that the parts of a boundary clause name axes of the grid, and cover
/// each side at most once, or exactly once.
bool Boundaries::checkSides(const ast::GridClause &clause, const Grid &grid,
                            bool needsAll) {
  using Part = ast::GridClause::Side;
  for (const Part &part : clause.sides) {
    bool isKnown = part.axis.text.empty();
    for (const Axis &axis : grid.axes)
      isKnown |= part.axis.text == axis.name;
    if (isKnown)
      continue;
    reporter
        .error(Error::NoSuchAxis, part.axis.range, grid.name, part.axis.text)
        .help("an axis and its sides are written: " + grid.axes[0].name +
              " low dirichlet 0, " + grid.axes[0].name + " high dirichlet 0");
    return false;
  }
  for (const Axis &axis : grid.axes) {
    const Part *found[2] = {};
    for (const Part &part : clause.sides) {
      if (!part.axis.text.empty() && part.axis.text != axis.name)
        continue;
      for (int high : {0, 1}) {
        if (part.which == (high ? Part::Low : Part::High))
          continue;
        if (found[high]) {
          reporter
              .error(Error::RepeatedClause, part.range,
                     high ? "high boundary" : "low boundary")
              .note(found[high]->range, "it is given here first");
          return false;
        }
        found[high] = &part;
      }
    }
    if (!needsAll)
      continue;
    bool named = grid.axes.size() > 1;
    for (int high : {0, 1})
      if (!found[high]) {
        reporter.error(Error::MissingSide, clause.range,
                       std::string(high ? "high" : "low") +
                           (named ? " " + axis.name : ""));
        return false;
      }
    bool isRing[2];
    for (int high : {0, 1})
      isRing[high] = found[high]->boundary.rule == BoundaryKind::Periodic;
    if (isRing[0] != isRing[1]) {
      reporter.error(Error::PeriodicOneSide, found[isRing[0] ? 0 : 1]->range)
          .help("write 'boundary periodic', or give this side another rule");
      return false;
    }
  }
  return true;
}

void Boundaries::sideKinds(const ast::GridClause &clause, const Grid &grid,
                           std::vector<Rule::AxisSides> &sides, bool needsAll) {
  needsAll &= clause.kind == ast::ClauseKind::Sides;
  if (!checkSides(clause, grid, needsAll))
    return;
  forEachSide(clause, grid, sides,
              [](Side &side, const ast::Boundary &boundary) {
                side = Side();
                side.kind = boundary.rule;
              });
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// Whether a value consists of coordinates and numbers.
static bool dependsOnPlaceOnly(const NodeRef &node) {
  switch (node->kind) {
  case NodeKind::Input:
  case NodeKind::Noise:
  case NodeKind::Apply:
  case NodeKind::Adjoint:
  case NodeKind::Along:
  case NodeKind::Convolve:
  case NodeKind::Restrict:
  case NodeKind::Prolong:
  case NodeKind::State:
  case NodeKind::Solution:
    return false;
  case NodeKind::LoopArg:
  case NodeKind::LoopResult:
    return !node->type.isField();
  case NodeKind::Reduce:
  case NodeKind::Entry:
  case NodeKind::Rate:
    return true;
  case NodeKind::Gradient:
  case NodeKind::Derivative:
  case NodeKind::Pullback:
    return !node->type.isField();
  default:
    return std::all_of(node->args.begin(), node->args.end(),
                       dependsOnPlaceOnly);
  }
}

static const char *nameOfValue(BoundaryKind kind) {
  switch (kind) {
  case BoundaryKind::Neumann:
    return "the slope at a neumann side";
  case BoundaryKind::Robin:
    return "the value of a robin side";
  default:
    return "the boundary value";
  }
}

/// A number, or a function of the positions along the side.
NodeRef Boundaries::sideValue(const ast::Expr &expr, const Grid &grid,
                              BoundaryKind kind, Scope &scope) {
  auto here = names.meaning(&grid);
  Value value = expressions.eval(expr, scope);
  bool isField = value.kind == Value::Kind::Axis ||
                 (value.node && value.node->type.isField());
  bool isNumber =
      value.isPointwise() &&
      !(value.node && value.node->type.element == ElementKind::Bool);
  if (value.isPoison())
    return nullptr;
  if (!isNumber || (isField && grid.axes.size() == 1)) {
    reporter.error(Error::ScalarNeeded, expr.range, nameOfValue(kind),
                   describe(value));
    return nullptr;
  }
  NodeRef node = nodes.toReal(arithmetic.asPointwise(value, expr.range));
  if (node &&
      ((isField && node->type.grid != &grid) || !dependsOnPlaceOnly(node))) {
    reporter.error(Error::BoundaryDepends, expr.range);
    return nullptr;
  }
  return node;
}

void Boundaries::sideValues(const ast::GridClause &clause, const Grid &grid,
                            std::vector<Rule::AxisSides> &sides, Scope &scope) {
  forEachSide(clause, grid, sides,
              [&](Side &side, const ast::Boundary &boundary) {
                if (!boundary.value || boundary.rule != side.kind)
                  return;
                side.value = sideValue(*boundary.value, grid, side.kind, scope);
                if (side.kind != BoundaryKind::Robin)
                  return;
                side.a = nodes.toReal(expressions.evalScalar(
                    *boundary.a, scope, "a factor of a robin side"));
                side.b = nodes.toReal(expressions.evalScalar(
                    *boundary.b, scope, "a factor of a robin side"));
                if (isZero(side.a) && isZero(side.b))
                  reporter.error(Error::EmptyRobin, boundary.range);
              });
  // After an error, which has been reported, what follows needs some value.
  for (Rule::AxisSides &axis : sides)
    for (Side *side : {&axis.low, &axis.high}) {
      bool hasValue = meaningOf(side->kind).hasValue() &&
                      side->kind != BoundaryKind::Extrapolated;
      if (hasValue && !side->value)
        side->value = nodes.real(0, clause.range);
      if (side->kind == BoundaryKind::Robin && (!side->a || !side->b))
        side->a = side->b = nodes.real(1, clause.range);
    }
}

//===----------------------------------------------------------------------===//
// Fields with a grid and a rule
//===----------------------------------------------------------------------===//

RuleRef Boundaries::ruleOn(const ast::OnGrid &on, const Grid *grid,
                           Scope &scope) {
  RuleRef whole = rules.ofGrid(grid);
  if (!on.boundary)
    return whole;
  auto own = std::make_shared<Rule>(*whole);
  sideKinds(*on.boundary, *grid, own->axes, /*needsAll=*/false);
  for (size_t i = 0; i < own->axes.size(); ++i) {
    bool isRing = grid->axes[i].low.kind == BoundaryKind::Periodic;
    Rule::AxisSides &axis = own->axes[i];
    for (Side *side : {&axis.low, &axis.high}) {
      if (isRing)
        side->kind = BoundaryKind::Periodic;
      else if (side->kind == BoundaryKind::Periodic)
        reporter.error(Error::PeriodicField, on.boundary->range, grid->name);
    }
  }
  sideValues(*on.boundary, *grid, own->axes, scope);
  return own;
}

const Grid *Boundaries::gridOf(const ast::OnGrid &on, const Scope &scope) {
  const std::string &text = on.grid.text;
  ast::Identifier whole = on.grid;
  whole.text = text.substr(0, text.find('.'));
  whole.range.end = whole.range.begin + uint32_t(whole.text.size());
  const Grid *grid = names.findGrid(whole, scope);
  if (!grid || whole.text == text)
    return grid;
  std::vector<bool> isLeftOut(grid->axes.size(), true);
  for (size_t end = whole.text.size(); end != std::string::npos;) {
    size_t begin = end + 1;
    end = text.find('.', begin);
    std::string name = text.substr(begin, end - begin);
    auto isIt = [&](const Axis &axis) { return axis.name == name; };
    auto found = std::find_if(grid->axes.begin(), grid->axes.end(), isIt);
    if (found == grid->axes.end()) {
      reporter.error(Error::NoSuchAxis, on.grid.range, grid->name, name);
      return nullptr;
    }
    isLeftOut[found - grid->axes.begin()] = false;
  }
  return grids.without(grid, isLeftOut);
}

/// Whether a grid is `finest` or one of the coarser ones of its hierarchy.
static bool isOn(const Grid *grid, const Grid *finest) {
  while (grid && grid != finest)
    grid = grid->parent;
  return grid != nullptr;
}

Value Boundaries::declaredOn(const Value &value, const Grid *grid,
                             const RuleRef &rule, SourceRange range) {
  if (value.isPoison())
    return {};
  if (value.isList()) {
    std::vector<Value> elements;
    for (const Value &element : *value.list) {
      elements.push_back(declaredOn(element, grid, rule, range));
      if (elements.back().isPoison())
        return {};
    }
    return Value::ofList(std::move(elements));
  }
  NodeRef node = arithmetic.asPointwise(value, range);
  if (node && node->type.element == ElementKind::Bool) {
    reporter.error(Error::WrongKind, range, "a number or a field",
                   describe(node->type));
    return {};
  }
  if (node && !node->type.isField())
    node = nodes.likeField(cellsOf(grid), node);
  if (node && node->type.grid->isFewer() && node->type.grid->parent == grid)
    node = grids.spreadTo(node, grid, range);
  if (!node)
    return {};
  // In a hierarchy, the grid stands for itself and all coarser ones.
  RuleRef moved = rule;
  if (node->type.grid != grid)
    moved = states.ruleOfArgument(node, rule);
  if (moved->grid != node->type.grid || !isOn(node->type.grid, grid)) {
    reporter.error(Error::GridMismatch, range, grid->name,
                   node->type.grid->name);
    return {};
  }
  if (hasRows(node->type)) {
    reporter.error(Error::NotOnCells, range, "a field with a boundary rule")
        .help("the adjoint of an operator leads from faces to cells");
    return {};
  }
  return states.declared(node, moved, range);
}
