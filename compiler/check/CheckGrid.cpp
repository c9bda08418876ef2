//===- CheckGrid.cpp - grids, their boundaries and positions --------------===//

#include "compiler/check/Checker.h"

#include <cmath>

using namespace pdec;
using ast::as;

/// More cells than any memory has.
static constexpr int64_t maxSize = int64_t(1) << 40;

//===----------------------------------------------------------------------===//
// Boundaries
//===----------------------------------------------------------------------===//

void Checker::side(const ast::Boundary &boundary, Side &side) {
  switch (boundary.rule) {
  case ast::BoundaryRule::Reflecting:
    side.kind = BoundaryKind::Reflecting;
    return;
  case ast::BoundaryRule::Periodic:
    side.kind = BoundaryKind::Periodic;
    return;
  case ast::BoundaryRule::Dirichlet:
    side.kind = BoundaryKind::Dirichlet;
    side.value = nodes.toReal(
        evaluator.evalScalar(*boundary.value, *global, "the boundary value"));
    // An error has been reported; what follows needs some value.
    if (!side.value)
      side.value = nodes.real(0, boundary.range);
    return;
  }
}

void Checker::boundary(const ast::GridClause &clause, Axis &axis) {
  if (clause.kind == ast::ClauseKind::Boundary) {
    side(clause.both, axis.low);
    side(clause.both, axis.high);
    return;
  }
  const ast::GridClause::Side *low = nullptr, *high = nullptr;
  for (const ast::GridClause::Side &part : clause.sides) {
    const ast::GridClause::Side *&known = part.isHigh ? high : low;
    if (known) {
      reporter
          .error(Error::RepeatedClause, part.range,
                 part.isHigh ? "high boundary" : "low boundary")
          .note(known->range, "it is given here first");
      return;
    }
    known = &part;
  }
  if (!low || !high) {
    reporter.error(Error::MissingSide, clause.range, low ? "high" : "low");
    return;
  }
  bool lowRing = low->boundary.rule == ast::BoundaryRule::Periodic;
  bool highRing = high->boundary.rule == ast::BoundaryRule::Periodic;
  if (lowRing != highRing) {
    reporter.error(Error::PeriodicOneSide, lowRing ? low->range : high->range)
        .help("write 'boundary periodic', or give this side another rule");
    return;
  }
  side(low->boundary, axis.low);
  side(high->boundary, axis.high);
}

//===----------------------------------------------------------------------===//
// Sizes and positions
//===----------------------------------------------------------------------===//

void Checker::size(const ast::Expr &expr, Axis &axis) {
  NodeRef node = evaluator.evalInteger(expr, *global, "the size");
  if (!node)
    return;
  if (!isConstant(node))
    reporter.error(Error::NotConstant, expr.range, "the size of a grid");
  else if (node->integer < 1 || node->integer > maxSize)
    reporter.error(Error::BadSize, expr.range, "2^40");
  else
    axis.size = node->integer;
}

void Checker::spacing(const ast::Expr &expr, Axis &axis) {
  NodeRef node =
      nodes.toReal(evaluator.evalScalar(expr, *global, "the spacing"));
  if (!node)
    return;
  bool isBad = isConstant(node) &&
               !(node->number > 0 && std::isfinite(1 / node->number) &&
                 std::isfinite(node->number));
  if (isBad)
    reporter.error(Error::BadSpacing, expr.range);
  else
    axis.spacing = node;
}

/// How far the first cell lies from its end of the grid, in spacings: at a
/// reflecting side the end is half a cell off; at a dirichlet side it is the
/// node that holds the boundary's value.
static double cellOffset(const Side &side) {
  switch (side.kind) {
  case BoundaryKind::Reflecting:
    return 0.5;
  case BoundaryKind::Dirichlet:
    return 1;
  case BoundaryKind::Periodic:
    return 0;
  }
  return 0;
}

/// h = (b - a)/(N - 1 + oL + oH), or (b - a)/N on a ring.
void Checker::extent(const ast::GridClause &clause, const Grid &grid,
                     Axis &axis) {
  NodeRef a = nodes.toReal(
      evaluator.evalScalar(*clause.values[0], *global, "the extent"));
  NodeRef b = nodes.toReal(
      evaluator.evalScalar(*clause.values[1], *global, "the extent"));
  if (!a || !b)
    return;
  auto isUnbounded = [](const NodeRef &n) {
    return isConstant(n) && !std::isfinite(n->number);
  };
  bool isBad = (isConstant(a) && isConstant(b) && !(a->number < b->number)) ||
               isUnbounded(a) || isUnbounded(b);
  if (isBad) {
    reporter.error(Error::BadExtent, clause.range);
    return;
  }
  Node count;
  count.kind = NodeKind::GridSize;
  count.type.element = ElementKind::Int;
  count.index = grid.index;
  count.range = clause.range;
  double extra = axis.low.kind == BoundaryKind::Periodic
                     ? 0
                     : cellOffset(axis.low) + cellOffset(axis.high) - 1;
  NodeRef cells = nodes.toReal(nodes.make(std::move(count)));
  if (extra != 0)
    cells = nodes.binary(NodeKind::Add, cells, nodes.real(extra, clause.range),
                         clause.range);
  NodeRef length = nodes.binary(NodeKind::Sub, b, a, clause.range);
  axis.spacing = nodes.binary(NodeKind::Div, length, cells, clause.range);
  bool atZero = isConstant(a) && a->number == 0;
  if (!atZero)
    axis.first = a;
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
  const std::string &axis = grid->axes[0].name;
  const Binding *known = global->find(axis, UINT64_MAX);
  Value value = Value::ofAxis(grid, 0);
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

void Checker::grid(const ast::GridStatement &statement) {
  auto owned = std::make_unique<Grid>();
  Grid &grid = *owned;
  grid.name = statement.name.text;
  grid.index = int(program->grids.size());
  grid.range = statement.range;
  Axis axis;
  axis.name = "x";
  if (statement.dimensions != 1)
    reporter.error(Error::DimensionUnsupported, statement.dimensionsRange,
                   std::to_string(statement.dimensions));
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
      boundary(clause, axis);
  }
  axis.spacing = nodes.real(1, statement.range);
  if (auto *clause = seen[static_cast<int>(ast::ClauseKind::Size)])
    size(*clause->values[0], axis);
  if (auto *clause = seen[static_cast<int>(ast::ClauseKind::Spacing)])
    spacing(*clause->values[0], axis);
  if (auto *clause = seen[static_cast<int>(ast::ClauseKind::Extent)])
    extent(*clause, grid, axis);
  // first = a + offset*h
  if (double offset = cellOffset(axis.low)) {
    NodeRef shift =
        offset == 1
            ? axis.spacing
            : nodes.binary(NodeKind::Mul, nodes.real(offset, statement.range),
                           axis.spacing, statement.range);
    axis.first = axis.first ? nodes.binary(NodeKind::Add, axis.first, shift,
                                           statement.range)
                            : shift;
  } else if (!axis.first) {
    axis.first = nodes.real(0, statement.range);
  }
  grid.axes.push_back(std::move(axis));
  program->grids.push_back(std::move(owned));
  declareGrid(statement, &grid);
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
