//===- Points.cpp - fields at points between their cells ------------------===//
//
// Along each axis, a point lies between two cells and takes from each as much
// as the other one is far. Next to a side, one of them may lie beyond it: where
// that is mirrored or a given number, it is taken so; else the line through the
// last two cells goes on. A point beyond the end of an axis is taken at the
// end.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Points.h"

using namespace pdec;

namespace {

/// Arithmetic of numbers that the script says at one place.
class Numbers {
public:
  Numbers(NodeBuilder &nodes, SourceRange range) : nodes(nodes), range(range) {}

  NodeRef number(double value) { return nodes.real(value, range); }
  NodeRef add(const NodeRef &a, const NodeRef &b) {
    return nodes.binary(NodeKind::Add, a, b, range);
  }
  NodeRef subtract(const NodeRef &a, const NodeRef &b) {
    return nodes.binary(NodeKind::Sub, a, b, range);
  }
  NodeRef times(const NodeRef &a, const NodeRef &b) {
    return nodes.binary(NodeKind::Mul, a, b, range);
  }
  NodeRef over(const NodeRef &a, const NodeRef &b) {
    return nodes.binary(NodeKind::Div, a, b, range);
  }
  NodeRef least(const NodeRef &a, const NodeRef &b) {
    return nodes.binary(NodeKind::Min, a, b, range);
  }
  NodeRef greatest(const NodeRef &a, const NodeRef &b) {
    return nodes.binary(NodeKind::Max, a, b, range);
  }
  NodeRef floor(const NodeRef &a) {
    return nodes.unary(NodeKind::Floor, a, range);
  }
  NodeRef isLess(const NodeRef &a, const NodeRef &b) {
    return nodes.binary(NodeKind::Less, a, b, range);
  }
  NodeRef choose(const NodeRef &condition, const NodeRef &a, const NodeRef &b) {
    return nodes.select(condition, a, b, range);
  }

private:
  NodeBuilder &nodes;
  SourceRange range;
};

} // namespace

//===----------------------------------------------------------------------===//
// Along an axis
//===----------------------------------------------------------------------===//

/// The number that a field is from the first node beyond a side on; null if
/// nothing or something else is known of it.
NodeRef Points::valueOf(const Grid &grid, size_t axis, bool isHigh,
                        const RuleRef &rule, SourceRange range) {
  const Axis &place = grid.axes[axis];
  bool isNode =
      (isHigh ? place.high : place.low).kind == BoundaryKind::Dirichlet;
  if (!rule || !isNode)
    return nullptr;
  const Side &side = rule->axes[axis].side(isHigh);
  if (side.kind != BoundaryKind::Dirichlet)
    return nullptr;
  if (rule->base || !side.value)
    return nodes.real(0, range);
  return side.value->type.isField() ? nullptr : nodes.toReal(side.value);
}

/// Where, in cells beyond the last one, points end that are taken as they are.
NodeRef Points::endOf(const Grid &grid, size_t axis, bool isHigh,
                      const RuleRef &rule, SourceRange range) {
  const Axis &place = grid.axes[axis];
  bool isNode =
      (isHigh ? place.high : place.low).kind == BoundaryKind::Dirichlet;
  bool isMirror =
      rule && !isNode &&
      rule->axes[axis].side(isHigh).kind == BoundaryKind::Reflecting;
  return nodes.real(isMirror ? 0 : isNode ? 1 : 0.5, range);
}

Points::Neighbours Points::alongCircle(const NodeRef &place,
                                       const NodeRef &size, SourceRange range) {
  Numbers n(nodes, range);
  NodeRef below = n.floor(place), share = n.subtract(place, below);
  auto turned = [&](const NodeRef &cell) {
    return n.subtract(cell, n.times(size, n.floor(n.over(cell, size))));
  };
  return {{turned(below), turned(n.add(below, n.number(1)))},
          {n.subtract(n.number(1), share), share},
          nullptr};
}

Points::Neighbours Points::between(const NodeRef &place, const NodeRef &size,
                                   const Grid &grid, size_t axis,
                                   const RuleRef &rule, SourceRange range) {
  Numbers n(nodes, range);
  NodeRef zero = n.number(0), one = n.number(1);
  NodeRef last = n.subtract(size, one);
  NodeRef low = valueOf(grid, axis, false, rule, range);
  NodeRef high = valueOf(grid, axis, true, rule, range);
  NodeRef first = n.subtract(zero, endOf(grid, axis, false, rule, range));
  NodeRef end = n.add(last, endOf(grid, axis, true, rule, range));
  NodeRef where = n.greatest(first, n.least(end, place));
  NodeRef below =
      n.greatest(low ? n.number(-1) : zero,
                 n.least(high ? last : n.subtract(last, one), n.floor(where)));
  NodeRef above = n.add(below, one), share = n.subtract(where, below);
  Neighbours result = {{n.greatest(below, zero), n.least(above, last)},
                       {n.subtract(one, share), share},
                       nullptr};
  for (bool isHigh : {false, true}) {
    const NodeRef &value = isHigh ? high : low;
    if (!value)
      continue;
    NodeRef isBeyond = isHigh ? n.isLess(last, above) : n.isLess(below, zero);
    NodeRef &weight = result.weights[isHigh];
    NodeRef part = n.choose(isBeyond, n.times(weight, value), zero);
    result.beyond = result.beyond ? n.add(result.beyond, part) : part;
    weight = n.choose(isBeyond, zero, weight);
  }
  return result;
}

std::vector<Points::Neighbours>
Points::neighboursOf(const std::vector<NodeRef> &point, const Grid &grid,
                     const RuleRef &rule, SourceRange range) {
  Numbers n(nodes, range);
  std::vector<Neighbours> result;
  for (size_t axis = 0; axis < point.size(); ++axis) {
    const Axis &along = grid.axes[axis];
    NodeRef place = n.over(n.subtract(point[axis], along.first), along.spacing);
    NodeRef size = nodes.toReal(nodes.gridSize(grid, int(axis), range));
    result.push_back(along.low.kind == BoundaryKind::Periodic
                         ? alongCircle(place, size, range)
                         : between(place, size, grid, axis, rule, range));
  }
  return result;
}

/// The coordinates of a point; false (reported) if it is none of the grid.
bool Points::coordinatesOf(const Given &point, const Grid &grid,
                           std::vector<NodeRef> &result) {
  std::vector<Value> values = {point.value};
  if (point.value.isList())
    values = *point.value.list;
  if (values.size() != grid.axes.size()) {
    reporter.error(Error::WrongKind, point.range, "a coordinate for each axis",
                   describe(point.value));
    return false;
  }
  for (const Value &value : values) {
    NodeRef number = numberOf(value, point.range, "a coordinate", reporter);
    if (!number)
      return false;
    result.push_back(nodes.toReal(number));
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Values at points
//===----------------------------------------------------------------------===//

/// How much of each cell a point reads: nothing of most, but NaN of all where
/// its place is not a number.
NodeRef Points::sharesOf(const std::vector<Neighbours> &axes, const Grid &grid,
                         SourceRange range) {
  Numbers n(nodes, range);
  NodeRef result;
  for (size_t axis = 0; axis < axes.size(); ++axis) {
    NodeRef index = nodes.cellIndex(&grid, int(axis), range), shares;
    for (int i : {0, 1}) {
      NodeRef isIt =
          nodes.binary(NodeKind::Equal, index, axes[axis].cells[i], range);
      const NodeRef &weight = axes[axis].weights[i];
      NodeRef share = n.choose(isIt, weight, n.times(n.number(0), weight));
      shares = shares ? n.add(shares, share) : share;
    }
    result = result ? n.times(result, shares) : shares;
  }
  return result;
}

/// What lies beyond the sides goes on along later axes as what lies inside.
NodeRef Points::valueAt(const NodeRef &field,
                        const std::vector<Neighbours> &axes,
                        SourceRange range) {
  Numbers n(nodes, range);
  NodeRef shares = sharesOf(axes, *field->type.grid, range);
  NodeRef isRead = nodes.binary(NodeKind::NotEqual, shares, n.number(0), range);
  Node sum;
  sum.kind = NodeKind::Reduce;
  sum.reduction = ReductionKind::Sum;
  sum.range = range;
  // Where nothing is read, infinity is nothing, too.
  sum.args = {n.choose(isRead, n.times(shares, field), n.number(0))};
  NodeRef result = sum.args[0] ? nodes.make(std::move(sum)) : nullptr, beyond;
  for (const Neighbours &own : axes) {
    if (beyond)
      beyond = n.times(n.add(own.weights[0], own.weights[1]), beyond);
    if (own.beyond)
      beyond = beyond ? n.add(beyond, own.beyond) : own.beyond;
  }
  return beyond ? n.add(result, beyond) : result;
}

Value Points::at(const Value &value, const Given &point, SourceRange range) {
  if (value.isList() || (point.value.isList() && !point.value.list->empty() &&
                         point.value.list->front().isList())) {
    std::vector<Value> numbers;
    for (const Value &part : value.isList() ? *value.list : *point.value.list) {
      Given one = point;
      if (!value.isList())
        one.value = part;
      numbers.push_back(at(value.isList() ? part : value, one, range));
      if (numbers.back().isPoison())
        return {};
    }
    return Value::ofList(std::move(numbers));
  }
  NodeRef field = arithmetic.asPointwise(value, range);
  if (!field)
    return {};
  bool isField = field->type.isField() && !field->type.grid->isArray() &&
                 field->type.element == ElementKind::Real;
  if (!isField || hasRows(field->type)) {
    reporter.error(Error::WrongKind, range, "a field on cells",
                   describe(value));
    return {};
  }
  const Grid &grid = *field->type.grid;
  std::vector<NodeRef> coordinates;
  if (!coordinatesOf(point, grid, coordinates))
    return {};
  Continuation continuation = beyond.continuationOf(field);
  return valueAt(
      field, neighboursOf(coordinates, grid, continuation.rule, range), range);
}

Value Points::at(const std::vector<const Given *> &given) {
  return at(given[0]->value, *given[1], given[0]->range);
}

Value Points::spread(const std::vector<const Given *> &given,
                     SourceRange range) {
  NodeRef value =
      numberOf(given[0]->value, given[0]->range, "the value", reporter);
  if (!value)
    return {};
  const Value &on = given[2]->value;
  const Grid *grid = on.kind == Value::Kind::Grid ? on.grid : nullptr;
  RuleRef rule;
  if (grid) {
    rule = rules.ofGrid(grid);
  } else if (on.kind == Value::Kind::Node && on.node->type.isField()) {
    grid = on.node->type.grid;
    rule = beyond.ruleOfStart(on.node);
  } else {
    reporter.error(Error::WrongKind, given[2]->range, "a grid or a field",
                   describe(on));
    return {};
  }
  std::vector<NodeRef> coordinates;
  if (!coordinatesOf(*given[1], *grid, coordinates))
    return {};
  NodeRef shares =
      sharesOf(neighboursOf(coordinates, *grid, rule, range), *grid, range);
  return nodes.binary(NodeKind::Mul, nodes.toReal(value), shares, range);
}
