//===- Colours.cpp - colours that tell cells apart ------------------------===//
//
// No two cells of one colour are coupled by the function that the colours are
// for. Along an axis on which it reaches r cells far, colours are 0, 1, ..., r,
// 0, 1, ...; around a circle, what is left of its cells at the end has colours
// of its own. A function that reaches along one axis at once can do with the
// colours of the longest reach, added up over the axes; for others each
// combination of the axes' colours is one.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Colours.h"

#include <utility>

using namespace pdec;

/// a modulo b, for real a >= 0 and b > 0 that hold whole numbers.
static NodeRef modulo(NodeBuilder &nodes, const NodeRef &a, const NodeRef &b,
                      SourceRange range) {
  NodeRef parts = nodes.unary(NodeKind::Floor,
                              nodes.binary(NodeKind::Div, a, b, range), range);
  return nodes.binary(NodeKind::Sub, a,
                      nodes.binary(NodeKind::Mul, b, parts, range), range);
}

Value Colours::chessboard(const Grid *grid, SourceRange range) {
  NodeRef sum;
  for (size_t i = 0; i < grid->axes.size(); ++i) {
    NodeRef index = nodes.cellIndex(grid, int(i), range);
    sum = sum ? nodes.binary(NodeKind::Add, sum, index, range) : index;
  }
  return modulo(nodes, sum, nodes.real(2, range), range);
}

/// The colours along one axis, as a field, and how many there are, an Int.
std::pair<NodeRef, NodeRef> Colours::coloursAlong(const Grid *grid, int axis,
                                                  int distance,
                                                  SourceRange range) {
  NodeRef period = nodes.real(distance + 1, range);
  NodeRef index = nodes.cellIndex(grid, axis, range);
  NodeRef colour = modulo(nodes, index, period, range);
  NodeRef count = nodes.integer(distance + 1, range);
  if (grid->axes[axis].low.kind != BoundaryKind::Periodic)
    return {colour, count};
  NodeRef size = nodes.toReal(nodes.gridSize(*grid, axis, range));
  NodeRef rest = modulo(nodes, size, period, range);
  NodeRef end = nodes.binary(NodeKind::Sub, size, rest, range);
  NodeRef own =
      nodes.binary(NodeKind::Add, period,
                   nodes.binary(NodeKind::Sub, index, end, range), range);
  NodeRef isRegular = nodes.binary(NodeKind::Less, index, end, range);
  for (int more = 1; more <= distance; ++more) {
    NodeRef isThere =
        nodes.binary(NodeKind::LessEqual, nodes.real(more, range), rest, range);
    count = nodes.select(isThere, nodes.integer(distance + 1 + more, range),
                         count, range);
  }
  return {nodes.select(isRegular, colour, own, range), count};
}

Value Colours::call(Builtin builtin, const std::vector<const Given *> &given,
                    SourceRange range) {
  Given fields = *given[0];
  if (const Grid *grid = fields.value.grid;
      fields.value.kind == Value::Kind::Grid)
    fields.value = nodes.likeField(cellsOf(grid), nodes.real(0, range));
  std::vector<NodeRef> leaves;
  if (!arithmetic.flatten(fields.value, fields.range, leaves))
    return {};
  const Grid *grid = leaves.empty() ? nullptr : leaves[0]->type.grid;
  for (const NodeRef &leaf : leaves)
    if (leaf->type.grid != grid)
      grid = nullptr;
  if (!grid) {
    reporter.error(Error::WrongKind, fields.range, "a field or a grid",
                   describe(fields.value));
    return {};
  }
  std::optional<Reach> reach = Reach::ofNeighbours(grid->axes.size());
  if (given[1])
    reach = couplings.reachOf(*given[1], fields, leaves);
  if (!reach)
    return {};
  NodeRef colour, count;
  for (size_t i = 0; i < grid->axes.size(); ++i) {
    auto [own, ofAxis] = coloursAlong(grid, int(i), reach->distance(i), range);
    if (!colour) {
      colour = own;
      count = ofAxis;
    } else if (reach->isCross) {
      colour = nodes.binary(NodeKind::Add, colour, own, range);
      count = nodes.binary(NodeKind::Max, count, ofAxis, range);
    } else {
      own = nodes.binary(NodeKind::Mul, nodes.toReal(count), own, range);
      colour = nodes.binary(NodeKind::Add, colour, own, range);
      count = nodes.binary(NodeKind::Mul, count, ofAxis, range);
    }
  }
  if (builtin == Builtin::Colours)
    return count;
  return reach->isCross ? modulo(nodes, colour, nodes.toReal(count), range)
                        : colour;
}
