//===- Linearisations.cpp - functions, linearised -------------------------===//

#include "compiler/check/Linearisations.h"

using namespace pdec;

/// Brings the points to the grids of the directions, which may be coarser.
bool Linearisations::moveTo(const std::vector<NodeRef> &directions,
                            std::vector<NodeRef> &points, SourceRange range) {
  if (directions.size() != points.size()) {
    reporter.error(Error::WrongKind, range,
                   "a direction for each of " + counted(points.size(), "field"),
                   counted(directions.size(), "field"));
    return false;
  }
  for (size_t i = 0; i < points.size(); ++i) {
    NodeRef direction = directions[i];
    if (!grids.sameGrid(points[i], direction, range))
      return false;
    if (!points[i]->type.isField() ||
        points[i]->type.grid != direction->type.grid ||
        direction != directions[i]) {
      reporter.error(Error::WrongKind, range,
                     "a direction like " + describe(points[i]->type),
                     describe(directions[i]->type));
      return false;
    }
  }
  return true;
}

/// A at points that stand for themselves; null after an error. Neither holds
/// nor linear parts that are being evaluated are those of this function.
const Linearisations::Linear *Linearisations::at(const Value &function,
                                                 const Value &shape,
                                                 std::vector<NodeRef> points,
                                                 SourceRange range) {
  std::vector<const void *> key = {function.closure.get(), function.op.get(),
                                   function.received.get()};
  for (const NodeRef &point : points)
    key.push_back(point.get());
  if (auto place = known.find(key); place != known.end())
    return &place->second;
  Linear made;
  auto whole = states.inWholePart();
  auto unheld = freezing.begin(nullptr);
  functions.push_back(function);
  functions.push_back(Value::ofList({points.begin(), points.end()}));
  for (NodeRef &point : points)
    if (isPointwise(*point) || point->kind == NodeKind::Spread ||
        point->kind == NodeKind::Coordinate)
      point = states.declared(point, beyond.ruleOfStart(point), range);
  made.points = points;
  size_t next = 0;
  made.point = rebuild(shape, points, next);
  made.value = calls.callValue(function, made.point, range);
  if (made.value.isPoison() ||
      !arithmetic.flatten(made.value, range, made.values))
    return nullptr;
  return &(known[std::move(key)] = std::move(made));
}

NodeRef Linearisations::product(NodeKind kind, const NodeRef &value,
                                const NodeRef &by, const NodeRef &direction,
                                SourceRange range) {
  bool isBack = kind == NodeKind::Pullback;
  Node made;
  made.kind = kind;
  made.type = isBack ? by->type : value->type;
  made.range = range;
  made.args = {value, by, direction};
  RuleRef rule = isBack ? by->rule : value->rule;
  if (rule)
    made.rule = rules.homogeneous(rule);
  return nodes.make(std::move(made));
}

/// Entry i of the matrix of derivatives, or its transpose, times the
/// directions.
NodeRef Linearisations::row(NodeKind kind, const Linear &linear, size_t i,
                            const std::vector<NodeRef> &directions,
                            SourceRange range) {
  bool isBack = kind == NodeKind::Pullback;
  NodeRef sum;
  for (size_t j = 0; j < directions.size(); ++j) {
    if (isZeroField(directions[j]))
      continue;
    const NodeRef &value = linear.values[isBack ? j : i];
    const NodeRef &by = linear.points[isBack ? i : j];
    NodeRef part = product(kind, value, by, directions[j], range);
    sum = sum ? nodes.binary(NodeKind::Add, sum, part, range) : part;
  }
  if (sum)
    return sum;
  const NodeRef &like = (isBack ? linear.points : linear.values)[i];
  return nodes.likeField(like->type, nodes.real(0, range));
}

Value Linearisations::call(NodeKind kind,
                           const std::vector<const Given *> &given,
                           SourceRange range) {
  const Value &function = given[0]->value;
  if (function.kind != Value::Kind::Closure && !function.isOperator()) {
    reporter.error(Error::WrongKind, given[0]->range,
                   "a function or an operator", describe(function));
    return {};
  }
  std::vector<NodeRef> points, directions;
  if (!arithmetic.flatten(given[1]->value, given[1]->range, points) ||
      !arithmetic.flatten(given[2]->value, given[2]->range, directions) ||
      !moveTo(directions, points, given[2]->range))
    return {};
  const Linear *linear = at(function, given[1]->value, points, range);
  if (!linear)
    return {};
  bool isBack = kind == NodeKind::Pullback;
  auto fits = [](const NodeRef &a, const NodeRef &b) {
    return a->type.grid == b->type.grid && haveSameRows(a->type, b->type);
  };
  bool isSquare = linear->values.size() == directions.size();
  for (size_t i = 0; isSquare && i < directions.size(); ++i)
    isSquare =
        linear->values[i]->type.isField() &&
        fits(isBack ? linear->values[i] : linear->points[i], directions[i]);
  if (!isSquare) {
    reporter.error(Error::WrongKind, given[2]->range,
                   "directions like what the function is given and makes",
                   describe(given[2]->value));
    return {};
  }
  std::vector<NodeRef> entries;
  for (size_t i = 0; i < directions.size(); ++i)
    entries.push_back(row(kind, *linear, i, directions, range));
  size_t next = 0;
  return rebuild(isBack ? linear->point : linear->value, entries, next);
}
