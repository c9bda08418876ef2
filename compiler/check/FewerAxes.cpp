//===- FewerAxes.cpp - what is made of lines, and grids without an axis ---===//
//
// A sum along an axis lives on the grid of the other axes. That is the grid
// itself with one cell along each axis that is left out: so it has the same
// names and positions, and what is made of it is on the same places. Where a
// field with fewer axes meets one of more, it is the same along those.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Hierarchy.h"

using namespace pdec;

/// Which axes are left out.
static std::vector<bool> singlesOf(const Grid &grid) {
  std::vector<bool> result;
  for (size_t axis = 0; axis < grid.axes.size(); ++axis)
    result.push_back(grid.isSingle(axis));
  return result;
}

/// The grid that has all axes.
static const Grid *wholeOf(const Grid *grid) {
  return grid->isFewer() ? grid->parent : grid;
}

/// A side of what is made of lines. Nothing is known of a value there that
/// depends on the place.
static void takeOver(Side &side) {
  if (side.value && side.value->type.isField())
    side = Side{BoundaryKind::Extrapolated, nullptr, nullptr, nullptr};
}

const Grid *Hierarchy::without(const Grid *grid,
                               const std::vector<bool> &singles) {
  const Grid *whole = wholeOf(grid);
  if (std::find(singles.begin(), singles.end(), true) == singles.end())
    return whole;
  const Grid *&known = fewerAxes[{whole, singles}];
  if (known)
    return known;
  auto owned = std::make_unique<Grid>();
  owned->name = whole->name;
  owned->parent = whole;
  owned->range = whole->range;
  for (size_t i = 0; i < singles.size(); ++i) {
    Axis axis = whole->axes[i];
    axis.size.reset();
    axis.coarsening = CoarseningKind::Same;
    if (singles[i]) {
      axis.size = 1;
      axis.low = axis.high = Side();
    } else {
      owned->name += "." + axis.name;
      takeOver(axis.low);
      takeOver(axis.high);
    }
    owned->axes.push_back(std::move(axis));
  }
  return known = addGrid(std::move(owned));
}

NodeRef Hierarchy::along(LineKind kind, const NodeRef &field, int axis,
                         SourceRange range) {
  if (!field)
    return nullptr;
  if (hasRows(field->type)) {
    reporter.error(Error::NotOnCells, range, "what is summed along an axis")
        .help("the adjoint of an operator leads from faces to cells");
    return nullptr;
  }
  std::vector<bool> singles = singlesOf(*field->type.grid);
  if (kind != LineKind::Cumulate && kind != LineKind::CumulateBack)
    singles[axis] = kind != LineKind::Spread;
  Node node;
  node.kind = NodeKind::Along;
  node.type = cellsOf(without(field->type.grid, singles));
  node.index = int(kind);
  node.axis = axis;
  node.range = range;
  node.rule = rules.ofCoefficients(node.type.grid);
  node.args = {field};
  return nodes.make(std::move(node));
}

NodeRef Hierarchy::spreadTo(const NodeRef &field, const Grid *grid,
                            SourceRange range) {
  NodeRef result = field;
  bool isCondition = field->type.element == ElementKind::Bool;
  if (isCondition)
    result =
        nodes.select(field, nodes.real(1, range), nodes.real(0, range), range);
  for (size_t axis = 0; axis < grid->axes.size(); ++axis)
    if (result && result->type.grid->isSingle(axis) && !grid->isSingle(axis))
      result = along(LineKind::Spread, result, int(axis), range);
  if (isCondition && result)
    result =
        nodes.binary(NodeKind::NotEqual, result, nodes.real(0, range), range);
  return result;
}

/// Whether a function of places is one of those on a grid of fewer axes, too.
static bool isKnownOn(const NodeRef &node, const Grid &fewer) {
  bool isOfPlace = node->kind == NodeKind::Coordinate ||
                   node->kind == NodeKind::CellIndex ||
                   node->kind == NodeKind::GridSize;
  if (isOfPlace && fewer.isSingle(node->axis))
    return false;
  return std::all_of(node->args.begin(), node->args.end(),
                     [&](const NodeRef &arg) { return isKnownOn(arg, fewer); });
}

/// A function of the axes that a field has is one beside it. Else both are
/// spread to the grid that has the axes of both.
bool Hierarchy::bringTogether(NodeRef &a, NodeRef &b, SourceRange range) {
  const Grid *first = a->type.grid, *second = b->type.grid;
  if (wholeOf(first) != wholeOf(second)) {
    reporter.error(Error::GridMismatch, range, first->name, second->name);
    return false;
  }
  for (auto [place, fewer] : {std::pair{&a, second}, std::pair{&b, first}})
    if (fewer->isFewer() && isKnownOn(*place, *fewer))
      if (NodeRef moved = nodes.onGrid(*place, fewer)) {
        *place = moved;
        return true;
      }
  std::vector<bool> singles = singlesOf(*first);
  for (size_t axis = 0; axis < singles.size(); ++axis)
    singles[axis] = singles[axis] && second->isSingle(axis);
  const Grid *both = without(first, singles);
  a = spreadTo(a, both, range);
  b = spreadTo(b, both, range);
  return a && b;
}
