//===- SchemeBoundary.cpp - what lies beyond the sides --------------------===//

#include "compiler/scheme/Pointwise.h"
#include "compiler/scheme/SchemeGenerator.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include <functional>

using namespace mlir;

namespace pdec::pde {

//===----------------------------------------------------------------------===//
// Functions of the place
//===----------------------------------------------------------------------===//

/// Whether the end of an axis is the node that holds the boundary's value, one
/// spacing outside the last cell; else it is the face, half a spacing outside.
static bool isAtNode(const Axis &axis, bool high) {
  return (high ? axis.high : axis.low).kind == BoundaryKind::Dirichlet;
}

/// The coordinate of a side along its own axis.
Value Generator::outsideCoordinate(const Node &node, bool high, Location loc) {
  Value first, spacing;
  const Axis &place = node.type.grid->axes[node.axis];
  if (node.kind == NodeKind::Coordinate) {
    first = emit(place.first);
    spacing = emit(place.spacing);
    enter({});
  } else {
    enter({});
    first = real(0);
    spacing = real(1);
  }
  if (isAtNode(place, high)) {
    if (!high)
      return builder.create<arith::SubFOp>(loc, first, spacing);
  } else {
    Value half = builder.create<arith::MulFOp>(loc, real(0.5), spacing);
    if (!high)
      return builder.create<arith::SubFOp>(loc, first, half);
    first = builder.create<arith::SubFOp>(loc, first, half);
  }
  Value size = builder.create<SizeOp>(loc, node.type.grid->name, node.axis);
  size = builder.create<arith::SIToFPOp>(loc, builder.getF64Type(), size);
  Value length = builder.create<arith::MulFOp>(loc, size, spacing);
  return builder.create<arith::AddFOp>(loc, first, length);
}

/// A coordinate in more rows than the grid has.
Value Generator::coordinateOnRows(const Node &node, const Extent &rows,
                                  Location loc) {
  Value first, spacing;
  if (node.kind == NodeKind::Coordinate) {
    const Axis &axis = program.grids[node.index]->axes[node.axis];
    first = emit(axis.first);
    spacing = emit(axis.spacing);
    enter({});
  } else {
    enter({});
    first = real(0);
    spacing = real(1);
  }
  FieldType type = gridType(*node.type.grid).withRows(rows.low, rows.high);
  return builder.create<CoordinateOp>(loc, type, node.axis, first, spacing);
}

/// A pointwise expression with other values for the fields and numbers that it
/// is made of: a number where all of them are, else a field on `rows`.
Value Generator::emitWithLeaves(
    const NodeRef &node, const Extent &rows,
    llvm::function_ref<Value(const NodeRef &)> leafOf) {
  llvm::SmallVector<Value> fields;
  llvm::DenseMap<const Node *, Value> leaves;
  std::function<void(const NodeRef &)> collect = [&](const NodeRef &inner) {
    if (isPointwise(*inner) && inner->type.isField()) {
      llvm::for_each(inner->args, collect);
      return;
    }
    Value &leaf = leaves[inner.get()];
    if (leaf)
      return;
    Value made = leafOf(inner);
    leaves[inner.get()] = made;
    if (isa<FieldType>(made.getType()))
      fields.push_back(made);
  };
  collect(node);
  if (leaves.size() == 1 && leaves.count(node.get()))
    return leaves[node.get()];
  enter(loopsOf(*node));
  Location loc = location(node->range);
  Block *body = nullptr;
  MapOp map;
  OpBuilder::InsertionGuard guard(builder);
  if (!fields.empty()) {
    for (auto &[inner, leaf] : leaves)
      if (!isa<FieldType>(leaf.getType()))
        leaf = roundedScalar(leaf, loc);
    FieldType type = gridType(*node->type.grid).withRows(rows.low, rows.high);
    map = builder.create<MapOp>(loc, type, fields);
    body = &map.getBody().emplaceBlock();
    builder.setInsertionPointToEnd(body);
    llvm::DenseMap<Value, Value> arguments;
    for (Value field : fields)
      arguments[field] = body->addArgument(element, loc);
    for (auto &[inner, leaf] : leaves)
      if (Value argument = arguments.lookup(leaf))
        leaf = argument;
  }
  llvm::DenseMap<const Node *, Value> known(leaves);
  std::function<Value(const NodeRef &)> compute = [&](const NodeRef &inner) {
    if (Value done = known.lookup(inner.get()))
      return done;
    llvm::SmallVector<Value> args;
    for (const NodeRef &arg : inner->args)
      args.push_back(compute(arg));
    return known[inner.get()] =
               emitPointwise(builder, location(inner->range), *inner, args);
  };
  Value result = compute(node);
  if (!map)
    return result;
  builder.create<YieldOp>(loc, result);
  return map.getResult();
}

/// What an expression is at a side where all fields that it is made of have
/// values: states those of their rules, rates none. A number, or a field that
/// does not change along the axis and has `rows` along the others.
Value Generator::outside(const NodeRef &node, int axis, bool high,
                         const Extent &rows) {
  if (!node->type.isField())
    return emit(node);
  Extent along = rows;
  along.low[axis] = along.high[axis] = 0;
  Value &known = outsides[{node.get(), axis, high, along.low, along.high}];
  if (known)
    return known;
  Location loc = location(node->range);
  Value result = emitWithLeaves(node, along, [&](const NodeRef &leaf) -> Value {
    if (!leaf->type.isField())
      return emit(leaf);
    switch (leaf->kind) {
    case NodeKind::Coordinate:
    case NodeKind::CellIndex:
      return leaf->axis == axis ? outsideCoordinate(*leaf, high, loc)
                                : coordinateOnRows(*leaf, along, loc);
    case NodeKind::Spread:
      return emit(leaf->args[0]);
    default:
      break;
    }
    if (leaf->rule && !leaf->rule->base)
      return outside(leaf->rule->axes[axis].side(high).value, axis, high,
                     along);
    enter({});
    return real(0);
  });
  return outsides[{node.get(), axis, high, along.low, along.high}] = result;
}

//===----------------------------------------------------------------------===//
// Rules
//===----------------------------------------------------------------------===//

/// The rule of the dialect that says a field's rule, given where the grid has
/// its end: at a face, a dirichlet side is the robin side u = E; at a node, a
/// slope is that of the parabola through it and the two cells next to it.
static Boundary ruleAt(BoundaryKind kind, bool atNode) {
  switch (kind) {
  case BoundaryKind::Periodic:
    return Boundary::Periodic;
  case BoundaryKind::Reflecting:
    return atNode ? Boundary::Extrapolated : Boundary::Reflecting;
  case BoundaryKind::Dirichlet:
    return atNode ? Boundary::Dirichlet : Boundary::Robin;
  case BoundaryKind::Neumann:
    return atNode ? Boundary::Extrapolated : Boundary::Neumann;
  case BoundaryKind::Robin:
    return atNode ? Boundary::Extrapolated : Boundary::Robin;
  case BoundaryKind::Extrapolated:
    return Boundary::Extrapolated;
  }
  llvm_unreachable("a kind of boundary");
}

/// The same of a side of a field's rule.
static Boundary ruleAt(const Rule &rule, size_t axis, bool high) {
  BoundaryKind kind = rule.axes[axis].side(high).kind;
  bool isNode = rule.fillsCells ? kind == BoundaryKind::Dirichlet
                                : isAtNode(rule.grid->axes[axis], high);
  return ruleAt(kind, isNode);
}

namespace {

/// Scalar arithmetic in f64.
class Scalars {
public:
  Scalars(OpBuilder &builder, Location loc) : builder(builder), loc(loc) {}

  Value number(double value) {
    return builder.create<arith::ConstantOp>(loc,
                                             builder.getF64FloatAttr(value));
  }
  Value add(Value a, Value b) { return make<arith::AddFOp>(a, b); }
  Value subtract(Value a, Value b) { return make<arith::SubFOp>(a, b); }
  Value times(Value a, Value b) { return make<arith::MulFOp>(a, b); }
  Value times(double a, Value b) { return times(number(a), b); }
  Value over(Value a, Value b) { return make<arith::DivFOp>(a, b); }

private:
  OpBuilder &builder;
  Location loc;

  template <typename Op> Value make(Value a, Value b) {
    return builder.createOrFold<Op>(loc, a, b);
  }
};

/// What lies d cells beyond a side: the sum of weights*cells inside and
/// factor*E.
struct Distance {
  SmallVector<Value, 2> weights;
  Value factor;
};

} // namespace

/// a*u + b*du/dn = E at a face, with u and du/dn from a cell and its mirror
/// image, which are (2d - 1)*h apart; dirichlet: a = 1 and b = 0.
static Distance atFace(Scalars s, Value a, Value b, Value h, int64_t d) {
  Value half = s.times(0.5, a);
  Value slope = s.over(b, s.times(double(2 * d - 1), h));
  Value sum = s.add(half, slope);
  return {{s.over(s.subtract(slope, half), sum)}, s.over(s.number(1), sum)};
}

/// a*u + b*du/dn = E at the node next to the cells 0 and 1, with the parabola
/// q(s) = A + g*s + B*s^2 through both, s the distance outwards from the node:
/// A = (4*u0 - u1)/3 + 2/3*h*g, and at s = (d - 1)*h it is
/// (1 - k)*u0 + k*u1 + h*(d + k)*g with k = (d^2 - 2*d)/3.
static Distance atNode(Scalars s, Value a, Value b, Value h, int64_t d) {
  double k = double(d * d - 2 * d) / 3;
  Value whole = s.add(b, s.times(2.0 / 3, s.times(a, h)));
  Value factor = s.over(s.times(double(d) + k, h), whole);
  Value lost = s.times(1.0 / 3, s.times(factor, a));
  return {
      {s.subtract(s.number(1 - k), s.times(4, lost)), s.add(s.number(k), lost)},
      factor};
}

/// The weights and factors of the cells beyond a side, one after the other:
/// what the dialect's operations are given for it, but for E.
SmallVector<Value> Generator::sideScalars(const Rule &rule, int axis, bool high,
                                          int64_t reach, bool hasFactors,
                                          Location loc) {
  const Side &side = rule.axes[axis].side(high);
  const Axis &place = rule.grid->axes[axis];
  bool isNode = isAtNode(place, high);
  Boundary kind = ruleAt(rule, axis, high);
  if (!meaningOf(kind).isWeighted() || reach <= 0)
    return {};
  std::set<const Loop *> needed;
  auto scalar = [&](const NodeRef &node, double otherwise) -> Value {
    if (node) {
      needed.insert(loopsOf(*node).begin(), loopsOf(*node).end());
      return emit(node);
    }
    enter({});
    return real(otherwise);
  };
  bool hasValue = side.kind == BoundaryKind::Dirichlet;
  Value a = scalar(side.a, hasValue ? 1 : 0);
  Value b = scalar(side.b, hasValue ? 0 : 1);
  Value h = scalar(place.spacing, 1);
  enter(needed);
  Scalars s(builder, loc);
  SmallVector<Value> result;
  for (int64_t d = 1; d <= reach; ++d) {
    Distance there;
    if (side.kind == BoundaryKind::Extrapolated)
      there = {{s.number(double(d + 1)), s.number(double(-d))}, s.number(0)};
    else
      there = isNode ? atNode(s, a, b, h, d) : atFace(s, a, b, h, d);
    result.append(there.weights);
    if (hasFactors)
      result.push_back(there.factor);
  }
  return result;
}

/// E of a side, or null where its rule has none.
Value Generator::sideValue(const Rule &rule, int axis, bool high,
                           const Extent &rows, Location loc) {
  const Side &side = rule.axes[axis].side(high);
  const Axis &place = rule.grid->axes[axis];
  Boundary kind = ruleAt(rule, axis, high);
  if (!meaningOf(kind).hasValue())
    return {};
  if (!side.value) {
    enter({});
    return real(0);
  }
  Value value = outside(side.value, axis, high, rows);
  if (kind != Boundary::Neumann)
    return value;
  // The slope outwards times the spacing.
  Value spacing = emit(place.spacing);
  enter(loopsOf(*side.value));
  if (!isa<FieldType>(value.getType()))
    return builder.create<arith::MulFOp>(loc, value, spacing);
  Value factor = roundedScalar(spacing, loc);
  auto map = builder.create<MapOp>(loc, value.getType(), value);
  OpBuilder::InsertionGuard guard(builder);
  Block &body = map.getBody().emplaceBlock();
  builder.setInsertionPointToEnd(&body);
  Value product = builder.create<arith::MulFOp>(
      loc, body.addArgument(element, loc), factor);
  builder.create<YieldOp>(loc, product);
  return map.getResult();
}

/// The rules of an application along all axes; null where they are those of the
/// grid.
ArrayAttr Generator::sidesOf(const Grid &grid, ArrayRef<Boundary> rules) {
  SmallVector<Attribute> sides;
  bool areDefault = true;
  for (size_t i = 0; i < grid.axes.size(); ++i) {
    sides.push_back(
        SidesAttr::get(builder.getContext(), rules[2 * i], rules[2 * i + 1]));
    areDefault &= rules[2 * i] == convert(grid.axes[i].low.kind) &&
                  rules[2 * i + 1] == convert(grid.axes[i].high.kind);
  }
  return areDefault ? ArrayAttr() : builder.getArrayAttr(sides);
}

//===----------------------------------------------------------------------===//
// Applications
//===----------------------------------------------------------------------===//

/// How far a stencil reads beyond the cells of its grid, from the outermost
/// rows of its result; nothing around circles.
Generator::Extent Generator::reachOf(const Node &node) {
  const Grid &grid = *node.type.grid;
  Extent reach;
  for (size_t i = 0; i < grid.axes.size(); ++i) {
    int64_t low = 0, high = 0;
    for (const Stencil::Tap &tap : node.stencil->taps) {
      low = std::max<int64_t>(low, node.type.low[i] - tap.offset[i]);
      high = std::max<int64_t>(high, node.type.high[i] + tap.offset[i]);
    }
    bool isRing = grid.axes[i].low.kind == BoundaryKind::Periodic;
    reach.low.push_back(isRing ? 0 : low);
    reach.high.push_back(isRing ? 0 : high);
  }
  return reach;
}

/// An operator applied to a field that is continued by a rule.
Value Generator::applyByRule(Value stencil, Value field, FieldType type,
                             const Rule &rule, const Extent &reach,
                             const std::set<const Loop *> &loops,
                             Location loc) {
  SmallVector<Value> operands;
  SmallVector<Boundary> rules;
  const Grid &grid = *rule.grid;
  for (size_t axis = 0; axis < grid.axes.size(); ++axis)
    for (bool high : {false, true}) {
      rules.push_back(ruleAt(rule, axis, high));
      operands.append(sideScalars(rule, axis, high, reach.of(axis, high),
                                  /*hasFactors=*/true, loc));
      if (Value value = sideValue(rule, axis, high, reach, loc))
        operands.push_back(value);
    }
  enter(loops);
  return builder.create<ApplyOp>(loc, type, stencil, field, operands,
                                 sidesOf(grid, rules));
}

/// Whether an expression at a side is the function of what its parts are there
/// by the plain rules of the grid: mirrored, or at a node with values.
static bool isPlainSide(const NodeRef &node, size_t axis, bool high) {
  const Grid &grid = *node->type.grid;
  BoundaryKind own =
      high ? grid.axes[axis].high.kind : grid.axes[axis].low.kind;
  bool isPlain = own == BoundaryKind::Reflecting ||
                 own == BoundaryKind::Dirichlet ||
                 own == BoundaryKind::Periodic;
  std::set<const Node *> seen;
  std::function<void(const NodeRef &)> visit = [&](const NodeRef &part) {
    if (!part->type.isField() || !seen.insert(part.get()).second)
      return;
    if (isPointwise(*part))
      llvm::for_each(part->args, visit);
    else if (part->rule)
      isPlain &= part->rule->axes[axis].side(high).kind == own;
  };
  visit(node);
  return isPlain;
}

/// The field of a node without the rows on faces beyond the cells: what lies
/// there is said by its rule.
Value Generator::onCells(Value field, const Node &node) {
  if (!hasRows(node.type))
    return field;
  enter(loopsOf(node));
  Location loc = location(node.range);
  auto map = builder.create<MapOp>(loc, gridType(*node.type.grid), field);
  OpBuilder::InsertionGuard guard(builder);
  Block &body = map.getBody().emplaceBlock();
  builder.setInsertionPointToEnd(&body);
  builder.create<YieldOp>(loc, body.addArgument(element, loc));
  return map.getResult();
}

/// The field of the script as it is, or, if it is a coordinate at a reflecting
/// side, mirrored: on more rows than the grid has.
Value Generator::continued(const NodeRef &leaf, const Extent &rows) {
  Location loc = location(leaf->range);
  const Grid &grid = *leaf->type.grid;
  bool isPlace =
      leaf->kind == NodeKind::Coordinate || leaf->kind == NodeKind::CellIndex;
  auto mirrors = [&](bool high) {
    const Axis &axis = grid.axes[leaf->axis];
    return rows.of(leaf->axis, high) > 0 &&
           (high ? axis.high : axis.low).kind == BoundaryKind::Reflecting;
  };
  if (isPlace && !mirrors(false) && !mirrors(true))
    return coordinateOnRows(*leaf, rows, loc);
  RuleRef rule = leaf->rule;
  if (!rule) {
    auto own = std::make_shared<Rule>();
    own->grid = &grid;
    for (size_t i = 0; i < grid.axes.size(); ++i) {
      own->axes.push_back({grid.axes[i].low, grid.axes[i].high});
      for (Side *side : {&own->axes[i].low, &own->axes[i].high}) {
        bool isMirror = side->kind == BoundaryKind::Periodic ||
                        side->kind == BoundaryKind::Reflecting;
        if (!isMirror && isPlace)
          side->kind = BoundaryKind::Extrapolated;
        side->value = nullptr;
      }
    }
    rule = own;
  }
  Value field = onCells(emit(leaf), *leaf);
  FieldType type = gridType(grid).withRows(rows.low, rows.high);
  return applyByRule(identity(grid.axes.size()), field, type, *rule, rows,
                     loopsOf(*leaf), loc);
}

/// The operator that leaves a field as it is.
Value Generator::identity(size_t rank) {
  Value &known = identities[rank];
  if (known)
    return known;
  enter({});
  auto type = StencilType::get(builder.getContext(), rank);
  Attribute offset =
      builder.getDenseI64ArrayAttr(SmallVector<int64_t>(rank, 0));
  return known = builder.create<StencilOp>(builder.getUnknownLoc(), type,
                                           builder.getArrayAttr({offset}),
                                           ValueRange{real(1)}, Value());
}

/// An operator applied to a function of fields, each of which is continued by
/// its own rule.
Value Generator::applyByParts(const Node &node, Value stencil, Location loc) {
  const NodeRef &argument = node.args[0];
  const Grid &grid = *node.type.grid;
  Extent reach = reachOf(node);
  bool isPlain = true;
  for (size_t axis = 0; axis < grid.axes.size(); ++axis)
    for (bool high : {false, true})
      isPlain &= reach.of(axis, high) == 0 || isPlainSide(argument, axis, high);
  SmallVector<Value> operands;
  SmallVector<Boundary> rules;
  Value field = isPlain ? emit(argument)
                        : emitWithLeaves(argument, reach,
                                         [&](const NodeRef &leaf) -> Value {
                                           if (!leaf->type.isField())
                                             return emit(leaf);
                                           if (leaf->kind == NodeKind::Spread)
                                             return emit(leaf->args[0]);
                                           return continued(leaf, reach);
                                         });
  // Made of numbers only, it is the same beyond the sides as within.
  if (!isa<FieldType>(field.getType())) {
    enter(loopsOf(*argument));
    field = spread(field, gridType(grid).withRows(reach.low, reach.high), loc);
  }
  for (size_t axis = 0; axis < grid.axes.size(); ++axis)
    for (bool high : {false, true}) {
      const Axis &place = grid.axes[axis];
      Boundary rule = convert((high ? place.high : place.low).kind);
      rules.push_back(rule == Boundary::Periodic || rule == Boundary::Dirichlet
                          ? rule
                          : Boundary::Reflecting);
      if (rules.back() != Boundary::Dirichlet)
        continue;
      bool isRead = isPlain && reach.of(axis, high) > 0;
      if (!isRead)
        enter({});
      operands.push_back(isRead ? outside(argument, axis, high, reach)
                                : real(0));
    }
  enter(loopsOf(node));
  return builder.create<ApplyOp>(loc, fieldType(node.type), stencil, field,
                                 operands, sidesOf(grid, rules));
}

Value Generator::emitApply(const Node &node, Location loc) {
  Value stencil = emitStencil(*node.stencil, node.range);
  if (!node.continuation)
    return applyByParts(node, stencil, loc);
  Value field = emit(node.args[0]);
  return applyByRule(stencil, field, fieldType(node.type), *node.continuation,
                     reachOf(node), loopsOf(node), loc);
}

Value Generator::emitAdjoint(const Node &node, Location loc) {
  Value stencil = emitStencil(*node.stencil, node.range);
  Value field = emit(node.args[0]);
  const Rule &rule = *node.continuation;
  const Grid &grid = *node.type.grid;
  // From the rows of the argument, as far as the operator read beyond them.
  Node application = node;
  application.type = node.args[0]->type;
  Extent reach = reachOf(application);
  SmallVector<Value> weights;
  SmallVector<Boundary> rules;
  for (size_t axis = 0; axis < grid.axes.size(); ++axis)
    for (bool high : {false, true}) {
      rules.push_back(ruleAt(rule, axis, high));
      weights.append(sideScalars(rule, axis, high, reach.of(axis, high),
                                 /*hasFactors=*/false, loc));
    }
  enter(loopsOf(node));
  return builder.create<AdjointOp>(loc, gridType(grid), stencil, field, weights,
                                   sidesOf(grid, rules));
}

} // namespace pdec::pde
