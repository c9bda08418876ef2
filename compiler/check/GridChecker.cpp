//===- GridChecker.cpp - grids, their boundaries and positions ------------===//

#include "compiler/check/GridChecker.h"
#include "compiler/check/Arguments.h"

#include <algorithm>
#include <cmath>

using namespace pdec;

/// More cells than any memory has.
static constexpr int64_t maxSize = int64_t(1) << 40;

//===----------------------------------------------------------------------===//
// Sizes and positions
//===----------------------------------------------------------------------===//

/// A value for each axis: the same for all, or those of a list.
static std::vector<Value> perAxis(const Value &value, size_t rank,
                                  SourceRange range, const std::string &what,
                                  Reporter &reporter) {
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

void GridChecker::size(const ast::Expr &expr, Grid &grid) {
  std::vector<Value> values =
      perAxis(expressions.eval(expr, global), grid.axes.size(), expr.range,
              "the size", reporter);
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

void GridChecker::spacing(const ast::Expr &expr, Grid &grid) {
  std::vector<Value> values =
      perAxis(expressions.eval(expr, global), grid.axes.size(), expr.range,
              "the spacing", reporter);
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
/// dirichlet side the end is the node that holds the boundary's value; at
/// others it is half a cell off.
static double cellOffset(const Side &side) {
  if (side.kind == BoundaryKind::Periodic)
    return 0;
  return side.kind == BoundaryKind::Dirichlet ? 1 : 0.5;
}

/// h = (b - a)/(N - 1 + oL + oH), or (b - a)/N on a ring.
void GridChecker::extentOf(const Value &low, const Value &high,
                           SourceRange range, const Grid &grid, int number) {
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
  double extra = axis.low.kind == BoundaryKind::Periodic
                     ? 0
                     : cellOffset(axis.low) + cellOffset(axis.high) - 1;
  NodeRef cells = nodes.toReal(nodes.gridSize(grid, number, range));
  if (extra != 0)
    cells = nodes.binary(NodeKind::Add, cells, nodes.real(extra, range), range);
  NodeRef length = nodes.binary(NodeKind::Sub, b, a, range);
  axis.spacing = nodes.binary(NodeKind::Div, length, cells, range);
  bool atZero = isConstant(a) && a->number == 0;
  if (!atZero)
    axis.first = a;
}

/// [a, b] for all axes, or a list [a, b] for each.
void GridChecker::extent(const ast::GridClause &clause, Grid &grid) {
  std::vector<Value> values;
  for (const ast::ExprPtr &value : clause.values) {
    values.push_back(expressions.eval(*value, global));
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
void GridChecker::placeCells(Axis &axis, SourceRange range) {
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

void GridChecker::declareGrid(const ast::GridStatement &statement,
                              const Grid *grid) {
  names.declare(global, statement.name, Value::ofGrid(grid), Role::Constant);
  for (size_t i = 0; i < grid->axes.size(); ++i) {
    const std::string &axis = grid->axes[i].name;
    const Binding *known = global.find(axis, UINT64_MAX);
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
    names.rebind(global, axis, std::move(value), Role::Constant,
                 statement.name.range);
  }
}

/// As many names as axes, all different.
void GridChecker::checkAxisNames(const ast::GridStatement &statement) {
  const std::vector<ast::Identifier> &axes = statement.axes;
  if (!axes.empty() && int64_t(axes.size()) != statement.dimensions)
    reporter.error(Error::AxisNames,
                   SourceRange{axes.front().range.file,
                               axes.front().range.begin, axes.back().range.end},
                   statement.dimensionsSpelling,
                   std::to_string(statement.dimensions),
                   counted(axes.size(), "name"));
  for (size_t i = 0; i < axes.size(); ++i)
    for (size_t k = 0; k < i; ++k)
      if (axes[i].text == axes[k].text)
        reporter.error(Error::DuplicateName, axes[i].range, axes[i].text)
            .note(axes[k].range, "the first axis of this name is here");
}

void GridChecker::check(const ast::GridStatement &statement) {
  auto owned = std::make_unique<Grid>();
  Grid &grid = *owned;
  grid.name = statement.name.text;
  grid.index = int(program.grids.size());
  grid.range = statement.range;
  if (statement.dimensions < 1 || statement.dimensions > 3)
    reporter.error(Error::DimensionUnsupported, statement.dimensionsRange,
                   std::to_string(statement.dimensions));
  grid.axes.resize(std::clamp<int64_t>(statement.dimensions, 1, 3));
  for (size_t i = 0; i < grid.axes.size(); ++i) {
    grid.axes[i].name = i < statement.axes.size()
                            ? statement.axes[i].text
                            : std::string(1, char('x' + i));
    grid.axes[i].spacing = nodes.real(1, statement.range);
  }
  checkAxisNames(statement);
  std::vector<Rule::AxisSides> sides(grid.axes.size());
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
      boundaries.sideKinds(clause, grid, sides, /*needsAll=*/true);
  }
  for (size_t i = 0; i < sides.size(); ++i) {
    grid.axes[i].low = sides[i].low;
    grid.axes[i].high = sides[i].high;
  }
  if (auto *clause = seen[static_cast<int>(ast::ClauseKind::Size)])
    size(*clause->values[0], grid);
  if (auto *clause = seen[static_cast<int>(ast::ClauseKind::Spacing)])
    spacing(*clause->values[0], grid);
  if (auto *clause = seen[static_cast<int>(ast::ClauseKind::Extent)])
    extent(*clause, grid);
  for (Axis &axis : grid.axes)
    placeCells(axis, statement.range);
  program.grids.push_back(std::move(owned));
  declareGrid(statement, &grid);
  for (const ast::GridClause &clause : statement.clauses)
    if (clauseName(clause.kind) == clauseName(ast::ClauseKind::Boundary))
      boundaries.sideValues(clause, grid, sides, global);
  for (size_t i = 0; i < sides.size(); ++i) {
    grid.axes[i].low = sides[i].low;
    grid.axes[i].high = sides[i].high;
  }
}
