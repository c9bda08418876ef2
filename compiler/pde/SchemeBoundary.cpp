//===- SchemeBoundary.cpp - what lies beyond the sides --------------------===//

#include "compiler/pde/Pointwise.h"
#include "compiler/pde/SchemeGenerator.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

#include <functional>

using namespace mlir;

namespace pdec::pde {

/// Dirichlet values sit one spacing outside the outermost cell.
Value Generator::outsideCoordinate(const Node &node, bool high, Location loc) {
  Value first, spacing;
  if (node.kind == NodeKind::Coordinate) {
    const Axis &place = node.type.grid->axes[node.axis];
    first = emit(place.first);
    spacing = emit(place.spacing);
    enter({});
  } else {
    enter({});
    first = real(0);
    spacing = real(1);
  }
  if (!high)
    return builder.create<arith::SubFOp>(loc, first, spacing);
  Value size = builder.create<SizeOp>(loc, node.type.grid->name, node.axis);
  size = builder.create<arith::SIToFPOp>(loc, builder.getF64Type(), size);
  Value length = builder.create<arith::MulFOp>(loc, size, spacing);
  return builder.create<arith::AddFOp>(loc, first, length);
}

/// A pointwise function of what lies outside: a number where all of that are
/// numbers, else a field.
Value Generator::outsideFunction(const NodeRef &node, int axis, bool high) {
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
    leaf = outside(inner, axis, high);
    if (isa<FieldType>(leaf.getType()))
      fields.push_back(leaf);
  };
  collect(node);
  enter(loopsOf(*node));
  Location loc = location(node->range);
  Block *body = nullptr;
  MapOp map;
  OpBuilder::InsertionGuard guard(builder);
  if (!fields.empty()) {
    for (auto &[inner, leaf] : leaves)
      if (!isa<FieldType>(leaf.getType()))
        leaf = roundedScalar(leaf, loc);
    map = builder.create<MapOp>(loc, gridType(*node->type.grid), fields);
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

/// The value of a field beyond a dirichlet side: of inputs and evolving fields
/// the boundary value, of pointwise functions of them the function's value
/// there, and 0 of what an operator made. It is a number, or a field that does
/// not change along the axis.
Value Generator::outside(const NodeRef &node, int axis, bool high) {
  if (!node->type.isField())
    return emit(node);
  Value &known = outsides[{node.get(), axis, high}];
  if (known)
    return known;
  Location loc = location(node->range);
  const Axis &place = node->type.grid->axes[axis];
  Value result;
  switch (node->kind) {
  case NodeKind::Coordinate:
  case NodeKind::CellIndex:
    result =
        node->axis == axis ? outsideCoordinate(*node, high, loc) : emit(node);
    break;
  case NodeKind::Input:
  case NodeKind::Level:
  case NodeKind::LoopArg:
  case NodeKind::LoopResult:
    result = outside(high ? place.high.value : place.low.value, axis, high);
    break;
  case NodeKind::Spread:
    result = emit(node->args[0]);
    break;
  default:
    if (isPointwise(*node)) {
      result = outsideFunction(node, axis, high);
      break;
    }
    enter({});
    result = real(0);
  }
  return outsides[{node.get(), axis, high}] = result;
}

/// Sums and multiples have the sums and multiples of the slopes.
Value Generator::slopeOfSum(const Node &node, int axis, bool high) {
  Location loc = location(node.range);
  llvm::SmallVector<Value> args;
  for (const NodeRef &arg : node.args) {
    bool isFactor =
        (node.kind == NodeKind::Mul || node.kind == NodeKind::Div) &&
        !arg->type.isField();
    args.push_back(isFactor ? emit(arg) : slope(arg, axis, high));
  }
  enter(loopsOf(node));
  return emitPointwise(builder, loc, node, args);
}

/// The slope outwards of a field at a neumann side, times the spacing: of
/// inputs and evolving fields what the boundary says, of sums and multiples
/// that of theirs, and 0 of all else.
Value Generator::slope(const NodeRef &node, int axis, bool high) {
  Value &known = slopes[{node.get(), axis, high}];
  if (known)
    return known;
  Value result;
  const Axis *place =
      node->type.isField() ? &node->type.grid->axes[axis] : nullptr;
  bool evolves =
      node->kind == NodeKind::Input || node->kind == NodeKind::Level ||
      node->kind == NodeKind::LoopArg || node->kind == NodeKind::LoopResult;
  if (place && evolves) {
    Value value = emit(high ? place->high.value : place->low.value);
    Value spacing = emit(place->spacing);
    enter({});
    result =
        builder.create<arith::MulFOp>(location(node->range), value, spacing);
  } else if (place && isPointwise(*node)) {
    result = slopeOfSum(*node, axis, high);
  } else {
    enter({});
    result = real(0);
  }
  return slopes[{node.get(), axis, high}] = result;
}

} // namespace pdec::pde
