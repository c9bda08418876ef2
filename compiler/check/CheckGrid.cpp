//===- CheckGrid.cpp - grids, their boundaries and positions --------------===//

#include "compiler/check/Checker.h"

#include <algorithm>
#include <cmath>

using namespace pdec;
using ast::as;

/// More cells than any memory has.
static constexpr int64_t maxSize = int64_t(1) << 40;

//===----------------------------------------------------------------------===//
// Boundaries
//===----------------------------------------------------------------------===//

static BoundaryKind kindOf(ast::BoundaryRule rule) {
  switch (rule) {
  case ast::BoundaryRule::Reflecting:
    return BoundaryKind::Reflecting;
  case ast::BoundaryRule::Periodic:
    return BoundaryKind::Periodic;
  case ast::BoundaryRule::Dirichlet:
    return BoundaryKind::Dirichlet;
  case ast::BoundaryRule::Neumann:
    return BoundaryKind::Neumann;
  }
  return BoundaryKind::Reflecting;
}

/// Whether a value consists of coordinates, parameters and constants.
static bool dependsOnPlaceOnly(const NodeRef &node) {
  switch (node->kind) {
  case NodeKind::Input:
  case NodeKind::Noise:
  case NodeKind::Apply:
  case NodeKind::Adjoint:
  case NodeKind::Restrict:
  case NodeKind::Prolong:
  case NodeKind::Reduce:
  case NodeKind::LoopArg:
  case NodeKind::LoopResult:
    return false;
  default:
    return std::all_of(node->args.begin(), node->args.end(),
                       dependsOnPlaceOnly);
  }
}

/// The value beyond a side, a number or a function of the positions along it;
/// or the slope there, a number.
void Checker::sideValue(const ast::Boundary &boundary, const Grid &grid,
                        Side &side) {
  evaluator.contextGrid = &grid;
  Value value = evaluator.eval(*boundary.value, *global);
  evaluator.contextGrid = nullptr;
  NodeRef node;
  bool isSlope = side.kind == BoundaryKind::Neumann;
  bool isField = value.kind == Value::Kind::Axis ||
                 (value.node && value.node->type.isField());
  bool isNumber =
      value.isPointwise() &&
      !(value.node && value.node->type.element == ElementKind::Bool);
  if (value.isPoison()) {
  } else if (!isNumber || (isField && (isSlope || grid.axes.size() == 1))) {
    reporter.error(Error::ScalarNeeded, boundary.value->range,
                   isSlope ? "the slope at a neumann side"
                           : "the boundary value",
                   describe(value));
  } else {
    node = nodes.toReal(evaluator.asPointwise(value, boundary.value->range));
    bool isElsewhere = node && isField && node->type.grid != &grid;
    if (node && (isElsewhere || !dependsOnPlaceOnly(node))) {
      reporter.error(Error::BoundaryDepends, boundary.value->range);
      node = nullptr;
    }
  }
  // An error has been reported; what follows needs some value.
  side.value = node ? node : nodes.real(0, boundary.range);
}

/// The rule of each side of each axis, as far as given; values come later, when
/// the axes have their names.
void Checker::boundary(const ast::GridClause &clause, Grid &grid) {
  if (clause.kind == ast::ClauseKind::Boundary) {
    for (Axis &axis : grid.axes)
      axis.low.kind = axis.high.kind = kindOf(clause.both.rule);
    return;
  }
  if (!checkSides(clause, grid))
    return;
  for (const ast::GridClause::Side &part : clause.sides)
    for (Axis &axis : grid.axes) {
      if (!part.axis.text.empty() && part.axis.text != axis.name)
        continue;
      if (part.which != ast::GridClause::Side::High)
        axis.low.kind = kindOf(part.boundary.rule);
      if (part.which != ast::GridClause::Side::Low)
        axis.high.kind = kindOf(part.boundary.rule);
    }
}

/// Checks that the parts of a boundary clause cover each side exactly once.
bool Checker::checkSides(const ast::GridClause &clause, const Grid &grid) {
  using Part = ast::GridClause::Side;
  for (const Part &part : clause.sides) {
    bool isKnown = part.axis.text.empty();
    for (const Axis &axis : grid.axes)
      isKnown |= part.axis.text == axis.name;
    if (isKnown)
      continue;
    reporter.error(Error::NoSuchAxis, part.axis.range, grid.name,
                   part.axis.text);
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
      isRing[high] = found[high]->boundary.rule == ast::BoundaryRule::Periodic;
    if (isRing[0] != isRing[1]) {
      reporter.error(Error::PeriodicOneSide, found[isRing[0] ? 0 : 1]->range)
          .help("write 'boundary periodic', or give this side another rule");
      return false;
    }
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Sizes and positions
//===----------------------------------------------------------------------===//

/// A value for each axis: the same for all, or those of a list.
std::vector<Value> Checker::perAxis(const Value &value, size_t rank,
                                    SourceRange range,
                                    const std::string &what) {
  if (value.isPoison())
    return std::vector<Value>(rank);
  if (!value.isList())
    return std::vector<Value>(rank, value);
  if (value.list->size() == rank && rank > 1)
    return *value.list;
  reporter.error(Error::BadList, range, what, std::to_string(rank),
                 rank == 1 ? "a list"
                           : "one of " + std::to_string(value.list->size()));
  return std::vector<Value>(rank);
}

/// The number that a value is; null after an error.
static NodeRef numberOf(const Value &value, SourceRange range,
                        const std::string &what, Reporter &reporter) {
  if (value.isPoison())
    return nullptr;
  if (value.kind == Value::Kind::Node && !value.node->type.isField() &&
      value.node->type.element != ElementKind::Bool)
    return value.node;
  reporter.error(Error::ScalarNeeded, range, what, describe(value));
  return nullptr;
}

void Checker::size(const ast::Expr &expr, Grid &grid) {
  std::vector<Value> values = perAxis(evaluator.eval(expr, *global),
                                      grid.axes.size(), expr.range, "the size");
  for (size_t i = 0; i < values.size(); ++i) {
    NodeRef node = numberOf(values[i], expr.range, "the size", reporter);
    if (!node)
      return;
    if (node->type.element != ElementKind::Int)
      reporter.error(Error::NotInteger, expr.range, "the size",
                     describe(node->type));
    else if (!isConstant(node))
      reporter.error(Error::NotConstant, expr.range, "the size of a grid");
    else if (node->integer < 1 || node->integer > maxSize)
      reporter.error(Error::BadSize, expr.range, "2^40");
    else {
      grid.axes[i].size = node->integer;
      continue;
    }
    return;
  }
}

void Checker::spacing(const ast::Expr &expr, Grid &grid) {
  std::vector<Value> values =
      perAxis(evaluator.eval(expr, *global), grid.axes.size(), expr.range,
              "the spacing");
  for (size_t i = 0; i < values.size(); ++i) {
    NodeRef node =
        nodes.toReal(numberOf(values[i], expr.range, "the spacing", reporter));
    if (!node)
      return;
    bool isBad = isConstant(node) &&
                 !(node->number > 0 && std::isfinite(1 / node->number) &&
                   std::isfinite(node->number));
    if (isBad) {
      reporter.error(Error::BadSpacing, expr.range);
      return;
    }
    grid.axes[i].spacing = node;
  }
}

/// How far the first cell lies from its end of the grid, in spacings: at a
/// reflecting or neumann side the end is half a cell off; at a dirichlet side
/// it is the node that holds the boundary's value.
static double cellOffset(const Side &side) {
  switch (side.kind) {
  case BoundaryKind::Reflecting:
  case BoundaryKind::Neumann:
    return 0.5;
  case BoundaryKind::Dirichlet:
    return 1;
  case BoundaryKind::Periodic:
    return 0;
  }
  return 0;
}

/// h = (b - a)/(N - 1 + oL + oH), or (b - a)/N on a ring.
void Checker::extentOf(const Value &low, const Value &high, SourceRange range,
                       const Grid &grid, int number) {
  Axis &axis = const_cast<Grid &>(grid).axes[number];
  NodeRef a = nodes.toReal(numberOf(low, range, "the extent", reporter));
  NodeRef b = nodes.toReal(numberOf(high, range, "the extent", reporter));
  if (!a || !b)
    return;
  auto isUnbounded = [](const NodeRef &n) {
    return isConstant(n) && !std::isfinite(n->number);
  };
  bool isBad = (isConstant(a) && isConstant(b) && !(a->number < b->number)) ||
               isUnbounded(a) || isUnbounded(b);
  if (isBad) {
    reporter.error(Error::BadExtent, range);
    return;
  }
  Node count;
  count.kind = NodeKind::GridSize;
  count.type.element = ElementKind::Int;
  count.index = grid.index;
  count.axis = number;
  count.range = range;
  double extra = axis.low.kind == BoundaryKind::Periodic
                     ? 0
                     : cellOffset(axis.low) + cellOffset(axis.high) - 1;
  NodeRef cells = nodes.toReal(nodes.make(std::move(count)));
  if (extra != 0)
    cells = nodes.binary(NodeKind::Add, cells, nodes.real(extra, range), range);
  NodeRef length = nodes.binary(NodeKind::Sub, b, a, range);
  axis.spacing = nodes.binary(NodeKind::Div, length, cells, range);
  bool atZero = isConstant(a) && a->number == 0;
  if (!atZero)
    axis.first = a;
}

/// [a, b] for all axes, or a list [a, b] for each.
void Checker::extent(const ast::GridClause &clause, Grid &grid) {
  std::vector<Value> values;
  for (const ast::ExprPtr &value : clause.values) {
    values.push_back(evaluator.eval(*value, *global));
    if (values.back().isPoison())
      return;
  }
  bool areLists = values[0].isList();
  bool fits = areLists ? values.size() == grid.axes.size() : values.size() == 2;
  for (const Value &value : values)
    fits &=
        value.isList() == areLists && (!areLists || value.list->size() == 2);
  if (!fits) {
    reporter.error(Error::BadList, clause.range, "the extent",
                   std::to_string(grid.axes.size()) + " pairs", "other lists");
    return;
  }
  for (size_t i = 0; i < grid.axes.size(); ++i)
    extentOf(areLists ? (*values[i].list)[0] : values[0],
             areLists ? (*values[i].list)[1] : values[1], clause.range, grid,
             int(i));
}

/// first = a + offset*h
void Checker::placeCells(Axis &axis, SourceRange range) {
  double offset = cellOffset(axis.low);
  if (offset == 0) {
    if (!axis.first)
      axis.first = nodes.real(0, range);
    return;
  }
  NodeRef shift = offset == 1
                      ? axis.spacing
                      : nodes.binary(NodeKind::Mul, nodes.real(offset, range),
                                     axis.spacing, range);
  axis.first = axis.first
                   ? nodes.binary(NodeKind::Add, axis.first, shift, range)
                   : shift;
}

//===----------------------------------------------------------------------===//
// Grids
//===----------------------------------------------------------------------===//

static std::string clauseName(ast::ClauseKind kind) {
  switch (kind) {
  case ast::ClauseKind::Boundary:
  case ast::ClauseKind::Sides:
    return "boundary";
  case ast::ClauseKind::Size:
    return "size";
  case ast::ClauseKind::Spacing:
  case ast::ClauseKind::Extent:
    return "spacing or extent";
  }
  return "";
}

void Checker::declareGrid(const ast::GridStatement &statement,
                          const Grid *grid) {
  evaluator.declare(*global, statement.name, Value::ofGrid(grid),
                    Role::Constant);
  for (size_t i = 0; i < grid->axes.size(); ++i) {
    const std::string &axis = grid->axes[i].name;
    const Binding *known = global->find(axis, UINT64_MAX);
    Value value = Value::ofAxis(grid, int(i));
    if (known && known->value.kind != Value::Kind::Axis &&
        known->value.kind != Value::Kind::AmbiguousAxis) {
      reporter.error(Error::DuplicateName, known->range, axis)
          .note(statement.name.range,
                "the grid '" + grid->name + "' has an axis of this name");
      return;
    }
    if (known)
      value.kind = Value::Kind::AmbiguousAxis;
    evaluator.rebind(*global, axis, std::move(value), Role::Constant,
                     statement.name.range);
  }
}

/// Evaluates the values of dirichlet and neumann sides.
void Checker::sideValues(const ast::GridClause &clause, Grid &grid) {
  auto set = [&](const ast::Boundary &boundary, Side &side) {
    if (boundary.value && kindOf(boundary.rule) == side.kind)
      sideValue(boundary, grid, side);
  };
  for (Axis &axis : grid.axes) {
    if (clause.kind == ast::ClauseKind::Boundary) {
      set(clause.both, axis.low);
      set(clause.both, axis.high);
    }
    for (const ast::GridClause::Side &part : clause.sides) {
      if (!part.axis.text.empty() && part.axis.text != axis.name)
        continue;
      if (part.which != ast::GridClause::Side::High)
        set(part.boundary, axis.low);
      if (part.which != ast::GridClause::Side::Low)
        set(part.boundary, axis.high);
    }
  }
  // A clause with errors may have left a side without its value.
  for (Axis &axis : grid.axes)
    for (Side *side : {&axis.low, &axis.high})
      if (!side->value && (side->kind == BoundaryKind::Dirichlet ||
                           side->kind == BoundaryKind::Neumann))
        side->value = nodes.real(0, clause.range);
}

void Checker::grid(const ast::GridStatement &statement) {
  auto owned = std::make_unique<Grid>();
  Grid &grid = *owned;
  grid.name = statement.name.text;
  grid.index = int(program->grids.size());
  grid.range = statement.range;
  if (statement.dimensions < 1 || statement.dimensions > 3)
    reporter.error(Error::DimensionUnsupported, statement.dimensionsRange,
                   std::to_string(statement.dimensions));
  grid.axes.resize(std::clamp<int64_t>(statement.dimensions, 1, 3));
  for (size_t i = 0; i < grid.axes.size(); ++i) {
    grid.axes[i].name = std::string(1, char('x' + i));
    grid.axes[i].spacing = nodes.real(1, statement.range);
  }
  // The boundary first: it decides where the cells lie.
  const ast::GridClause *seen[5] = {};
  for (const ast::GridClause &clause : statement.clauses) {
    std::string name = clauseName(clause.kind);
    for (const ast::GridClause *other : seen)
      if (other && clauseName(other->kind) == name)
        reporter.error(Error::RepeatedClause, clause.range, name)
            .note(other->range, "it is given here first");
    seen[static_cast<int>(clause.kind)] = &clause;
    if (clauseName(clause.kind) == clauseName(ast::ClauseKind::Boundary))
      boundary(clause, grid);
  }
  if (auto *clause = seen[static_cast<int>(ast::ClauseKind::Size)])
    size(*clause->values[0], grid);
  if (auto *clause = seen[static_cast<int>(ast::ClauseKind::Spacing)])
    spacing(*clause->values[0], grid);
  if (auto *clause = seen[static_cast<int>(ast::ClauseKind::Extent)])
    extent(*clause, grid);
  for (Axis &axis : grid.axes)
    placeCells(axis, statement.range);
  program->grids.push_back(std::move(owned));
  declareGrid(statement, &grid);
  for (const ast::GridClause &clause : statement.clauses)
    if (clauseName(clause.kind) == clauseName(ast::ClauseKind::Boundary))
      sideValues(clause, grid);
}

const Grid *Checker::findGrid(const ast::Identifier &name) {
  const Binding *binding = global->lookup(name.text);
  if (!binding) {
    evaluator.reportUnknown(*global, name.text, name.range);
    return nullptr;
  }
  if (binding->value.kind == Value::Kind::Grid)
    return binding->value.grid;
  if (!binding->value.isPoison())
    reporter.error(Error::WrongKind, name.range, "a grid",
                   describe(binding->value));
  return nullptr;
}
