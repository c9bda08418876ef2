//===- NodesOnGrids.cpp - fields of places, and nodes on other grids ------===//

#include "compiler/program/NodeBuilder.h"

using namespace pdec;

Type pdec::cellsOf(const Grid *grid) {
  Type type;
  type.grid = grid;
  type.low.assign(grid->axes.size(), 0);
  type.high.assign(grid->axes.size(), 0);
  return type;
}

NodeRef NodeBuilder::axisField(NodeKind kind, const Grid *grid, int axis,
                               SourceRange range) {
  Node node;
  node.kind = kind;
  node.type = cellsOf(grid);
  node.index = grid->index;
  node.axis = axis;
  node.range = range;
  return make(std::move(node));
}

NodeRef NodeBuilder::coordinate(const Grid *grid, int axis, SourceRange range) {
  return axisField(NodeKind::Coordinate, grid, axis, range);
}

NodeRef NodeBuilder::cellIndex(const Grid *grid, int axis, SourceRange range) {
  return axisField(NodeKind::CellIndex, grid, axis, range);
}

NodeRef NodeBuilder::likeField(const Type &shape, NodeRef number) {
  Type type = shape;
  type.element = ElementKind::Real;
  return number ? convert(std::move(number), type) : nullptr;
}

NodeRef NodeBuilder::onGrid(const NodeRef &node, const Grid *grid) {
  return onRows(node, cellsOf(grid));
}

/// `to` with other elements.
static Type withElement(Type to, ElementKind element) {
  to.element = element;
  return to;
}

NodeRef NodeBuilder::onRows(const NodeRef &node, const Type &to) {
  if (node->type.grid == to.grid && haveSameRows(node->type, to))
    return node;
  switch (node->kind) {
  case NodeKind::Constant:
  case NodeKind::Param:
  case NodeKind::Epsilon:
    return node;
  case NodeKind::Coordinate:
  case NodeKind::CellIndex:
  case NodeKind::GridSize: {
    Node moved = *node;
    moved.index = to.grid->index;
    if (node->kind != NodeKind::GridSize)
      moved.type = withElement(to, node->type.element);
    return make(std::move(moved));
  }
  default:
    break;
  }
  // Numbers of loops and whole fields are the same on every grid.
  bool isNumber =
      node->kind == NodeKind::LoopIndex || node->kind == NodeKind::LoopArg ||
      node->kind == NodeKind::LoopResult || node->kind == NodeKind::Reduce ||
      node->kind == NodeKind::Entry || node->kind == NodeKind::Rate ||
      node->kind == NodeKind::Gradient || node->kind == NodeKind::Derivative ||
      node->kind == NodeKind::Pullback;
  if (isNumber && !node->type.isField())
    return node;
  if (!isPointwise(*node) && node->kind != NodeKind::Spread)
    return nullptr;
  Node moved = *node;
  for (NodeRef &arg : moved.args) {
    arg = onRows(arg, to);
    if (!arg)
      return nullptr;
  }
  if (moved.type.isField())
    moved.type = withElement(to, node->type.element);
  return make(std::move(moved));
}
