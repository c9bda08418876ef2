//===- SchemeGen.cpp - a checked program as a module of the pde dialect ---===//

#include "compiler/pde/SchemeGen.h"
#include "compiler/pde/PdeDialect.h"
#include "compiler/pde/Pointwise.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Verifier.h"

#include <cmath>
#include <functional>
#include <map>
#include <set>

using namespace mlir;

namespace pdec::pde {

/// Nodes that compute one cell from the same cell of their arguments.
static bool isPointwise(const Node &node) {
  return node.kind >= NodeKind::ToReal && node.kind <= NodeKind::Select;
}

static Boundary convert(BoundaryKind kind) {
  switch (kind) {
  case BoundaryKind::Reflecting:
    return Boundary::Reflecting;
  case BoundaryKind::Periodic:
    return Boundary::Periodic;
  case BoundaryKind::Dirichlet:
    return Boundary::Dirichlet;
  case BoundaryKind::Neumann:
    return Boundary::Neumann;
  }
  llvm_unreachable("a boundary kind");
}

static Coarsening convert(CoarseningKind kind) {
  switch (kind) {
  case CoarseningKind::Vertex:
    return Coarsening::Vertex;
  case CoarseningKind::Cell:
    return Coarsening::Cell;
  case CoarseningKind::Same:
    return Coarsening::Same;
  }
  llvm_unreachable("a kind of coarsening");
}

static Reduction convert(ReductionKind kind) {
  switch (kind) {
  case ReductionKind::Sum:
    return Reduction::Sum;
  case ReductionKind::Dot:
    return Reduction::Dot;
  case ReductionKind::Min:
    return Reduction::Min;
  case ReductionKind::Max:
    return Reduction::Max;
  case ReductionKind::MaxAbs:
    return Reduction::MaxAbs;
  }
  llvm_unreachable("a kind of reduction");
}

namespace {

/// Emits the graph, each node once, in the outermost loop body in which all
/// that it needs is known.
class Generator {
public:
  Generator(const Program &program, Precision precision, MLIRContext &context)
      : program(program), builder(&context),
        element(precision == Precision::F64
                    ? mlir::Type(builder.getF64Type())
                    : mlir::Type(builder.getF32Type())) {}

  OwningOpRef<ModuleOp> run();

private:
  /// A block under construction: operations go before `before`, or at its end.
  struct Level {
    const Loop *loop;
    Block *block;
    Operation *before;
  };

  const Program &program;
  OpBuilder builder;
  mlir::Type element;
  std::vector<Level> levels;
  llvm::DenseMap<const Node *, Value> values;
  llvm::DenseMap<const Stencil *, Value> stencils;
  llvm::DenseMap<const Loop *, Operation *> loops;
  llvm::DenseMap<const Loop *, Block *> bodies;
  std::vector<Value> params, inputs;
  llvm::DenseMap<const Node *, std::set<const Loop *>> needed;
  llvm::DenseMap<const Node *, int> uses;
  std::map<std::tuple<const Node *, int, bool>, Value> outsides, slopes;

  void countUses(const NodeRef &node, std::set<const void *> &seen);
  const std::set<const Loop *> &loopsOf(const Node &node);
  const Level &levelOf(const std::set<const Loop *> &loops);
  void enter(const std::set<const Loop *> &loops);

  Location location(SourceRange range);
  FieldType fieldType(const pdec::Type &type);
  FieldType gridType(const Grid &grid);
  Value emit(const NodeRef &node);
  Value emitScalar(const Node &node, Location loc);
  Value emitField(const NodeRef &node, Location loc);
  Value emitMap(const NodeRef &node, Location loc);
  Value emitStencil(const Stencil &stencil, SourceRange range);
  Value emitApply(const Node &node, Location loc);
  Operation *emitLoop(const Loop &loop);
  Operation *createLoop(const Loop &loop, Value count, ValueRange inits);
  void emitBody(const Loop &loop, Operation *op, Block &body);
  Value emitSpread(const Node &node, Location loc);
  Value outside(const NodeRef &node, int axis, bool high);
  Value outsideCoordinate(const Node &node, bool high, Location loc);
  Value outsideFunction(const NodeRef &node, int axis, bool high);
  Value slope(const NodeRef &node, int axis, bool high);
  Value slopeOfSum(const Node &node, int axis, bool high);
  Value roundedScalar(Value scalar, Location loc);
  Value real(double value);
  void emitGrid(const Grid &grid);
  void emitParam(size_t index);
};

} // namespace

//===----------------------------------------------------------------------===//
// Where a node goes
//===----------------------------------------------------------------------===//

void Generator::countUses(const NodeRef &node, std::set<const void *> &seen) {
  ++uses[node.get()];
  if (!seen.insert(node.get()).second)
    return;
  for (const NodeRef &arg : node->args)
    countUses(arg, seen);
  if (node->loop && seen.insert(node->loop.get()).second)
    node->loop->forEachOperand(
        [&](const NodeRef &operand) { countUses(operand, seen); });
}

/// The loops whose arguments a node depends on and that do not end before it.
const std::set<const Loop *> &Generator::loopsOf(const Node &node) {
  auto found = needed.find(&node);
  if (found != needed.end())
    return found->second;
  std::set<const Loop *> result;
  auto add = [&](const NodeRef &arg) {
    const auto &more = loopsOf(*arg);
    result.insert(more.begin(), more.end());
  };
  node.forEachOperand(add);
  if (node.enclosing)
    result.insert(node.enclosing);
  if (node.loop)
    result.erase(node.loop.get());
  return needed[&node] = std::move(result);
}

const Generator::Level &
Generator::levelOf(const std::set<const Loop *> &loops) {
  for (auto level = levels.rbegin(); level != levels.rend(); ++level)
    if (!level->loop || loops.count(level->loop))
      return *level;
  llvm_unreachable("the program itself needs no loop");
}

void Generator::enter(const std::set<const Loop *> &loops) {
  const Level &level = levelOf(loops);
  if (level.before)
    builder.setInsertionPoint(level.before);
  else
    builder.setInsertionPointToEnd(level.block);
}

Location Generator::location(SourceRange range) {
  if (!range)
    return builder.getUnknownLoc();
  auto position = range.file->position(range.begin);
  return FileLineColLoc::get(builder.getContext(), range.file->name(),
                             position.line, position.column);
}

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

FieldType Generator::gridType(const Grid &grid) {
  auto name = FlatSymbolRefAttr::get(builder.getContext(), grid.name);
  return FieldType::get(builder.getContext(), name, element, {}, {});
}

FieldType Generator::fieldType(const pdec::Type &type) {
  llvm::SmallVector<int64_t> low(type.low.begin(), type.low.end());
  llvm::SmallVector<int64_t> high(type.high.begin(), type.high.end());
  return gridType(*type.grid).withRows(low, high);
}

Value Generator::emit(const NodeRef &node) {
  if (Value value = values.lookup(node.get()))
    return value;
  Location loc = location(node->range);
  auto make = [&]() -> Value {
    switch (node->kind) {
    case NodeKind::Param:
      return params[node->index];
    case NodeKind::Input:
      return inputs[node->index];
    case NodeKind::LoopIndex:
      return bodies.lookup(node->enclosing)->getArgument(0);
    case NodeKind::LoopArg:
      return bodies.lookup(node->enclosing)->getArgument(1 + node->index);
    case NodeKind::LoopResult:
      return emitLoop(*node->loop)->getResult(node->index);
    default:
      return node->type.isField() ? emitField(node, loc)
                                  : emitScalar(*node, loc);
    }
  };
  return values[node.get()] = make();
}

Value Generator::emitScalar(const Node &node, Location loc) {
  llvm::SmallVector<Value> args;
  for (const NodeRef &arg : node.args)
    args.push_back(emit(arg));
  enter(loopsOf(node));
  switch (node.kind) {
  case NodeKind::Constant:
    if (node.type.element == ElementKind::Real)
      return builder.create<arith::ConstantOp>(
          loc, builder.getF64FloatAttr(node.number));
    if (node.type.element == ElementKind::Bool)
      return builder.create<arith::ConstantOp>(
          loc, builder.getBoolAttr(node.integer));
    return builder.create<arith::ConstantOp>(
        loc, builder.getI64IntegerAttr(node.integer));
  case NodeKind::GridSize:
    return builder.create<SizeOp>(loc, program.grids[node.index]->name,
                                  node.axis);
  case NodeKind::Epsilon:
    return builder.create<arith::ConstantOp>(
        loc, builder.getF64FloatAttr(element.isF64() ? 0x1p-52 : 0x1p-23));
  case NodeKind::Reduce:
    return builder.create<ReduceOp>(loc, builder.getF64Type(),
                                    convert(node.reduction), args);
  default:
    return emitPointwise(builder, loc, node, args);
  }
}

Value Generator::emitField(const NodeRef &node, Location loc) {
  switch (node->kind) {
  case NodeKind::Coordinate: {
    const Axis &axis = program.grids[node->index]->axes[node->axis];
    Value first = emit(axis.first), spacing = emit(axis.spacing);
    enter(loopsOf(*node));
    return builder.create<CoordinateOp>(loc, fieldType(node->type), node->axis,
                                        first, spacing);
  }
  case NodeKind::CellIndex:
    enter({});
    return builder.create<CoordinateOp>(loc, fieldType(node->type), node->axis,
                                        real(0), real(1));
  case NodeKind::Restrict:
  case NodeKind::Prolong: {
    Value stencil = emitStencil(*node->stencil, node->range);
    Value field = emit(node->args[0]);
    enter(loopsOf(*node));
    FieldType type = fieldType(node->type);
    if (node->kind == NodeKind::Restrict)
      return builder.create<RestrictOp>(loc, type, stencil, field);
    return builder.create<ProlongOp>(loc, type, stencil, field);
  }
  case NodeKind::Noise: {
    Value seed = emit(node->args[0]);
    enter(loopsOf(*node));
    return builder.create<NoiseOp>(loc, fieldType(node->type), seed);
  }
  case NodeKind::Level:
    return emit(node->args[0]);
  case NodeKind::Spread:
    return emitSpread(*node, loc);
  case NodeKind::Apply:
    return emitApply(*node, loc);
  case NodeKind::Adjoint: {
    Value stencil = emitStencil(*node->stencil, node->range);
    FieldType grid = gridType(*node->type.grid);
    Value field = emit(node->args[0]);
    enter(loopsOf(*node));
    return builder.create<AdjointOp>(loc, grid, stencil, field);
  }
  default:
    assert(isPointwise(*node) && "inputs and loop arguments are known");
    return emitMap(node, loc);
  }
}

Value Generator::emitStencil(const Stencil &stencil, SourceRange range) {
  if (Value known = stencils.lookup(&stencil))
    return known;
  llvm::SmallVector<Attribute> offsets;
  llvm::SmallVector<Value> weights;
  std::set<const Loop *> loops;
  auto add = [&](const NodeRef &scalar) {
    loops.insert(loopsOf(*scalar).begin(), loopsOf(*scalar).end());
    return emit(scalar);
  };
  for (const Stencil::Tap &tap : stencil.taps) {
    llvm::SmallVector<int64_t> offset(tap.offset.begin(), tap.offset.end());
    offsets.push_back(builder.getDenseI64ArrayAttr(offset));
    weights.push_back(add(tap.weight));
  }
  Value scale = stencil.scale ? add(stencil.scale) : Value();
  enter(loops);
  auto type = StencilType::get(builder.getContext(),
                               stencil.taps.front().offset.size());
  return stencils[&stencil] = builder.create<StencilOp>(
             location(range), type, builder.getArrayAttr(offsets), weights,
             scale);
}

Value Generator::emitApply(const Node &node, Location loc) {
  Value stencil = emitStencil(*node.stencil, node.range);
  Value field = emit(node.args[0]);
  llvm::SmallVector<Value> outsides;
  const Grid &grid = *node.type.grid;
  for (size_t axis = 0; axis < grid.axes.size(); ++axis)
    for (bool high : {false, true}) {
      const Side &side = high ? grid.axes[axis].high : grid.axes[axis].low;
      if (side.kind == BoundaryKind::Dirichlet)
        outsides.push_back(outside(node.args[0], axis, high));
      if (side.kind == BoundaryKind::Neumann)
        outsides.push_back(slope(node.args[0], axis, high));
    }
  enter(loopsOf(node));
  return builder.create<ApplyOp>(loc, fieldType(node.type), stencil, field,
                                 outsides);
}

Value Generator::real(double value) {
  return builder.create<arith::ConstantOp>(builder.getUnknownLoc(),
                                           builder.getF64FloatAttr(value));
}

//===----------------------------------------------------------------------===//
// Beyond the sides
//===----------------------------------------------------------------------===//

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

/// A scalar in the element type.
Value Generator::roundedScalar(Value scalar, Location loc) {
  if (!scalar.getType().isF64() || element.isF64())
    return scalar;
  return builder.create<arith::TruncFOp>(loc, element, scalar);
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
  bool evolves = node->kind == NodeKind::Input ||
                 node->kind == NodeKind::Level ||
                 node->kind == NodeKind::LoopArg ||
                 node->kind == NodeKind::LoopResult;
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

//===----------------------------------------------------------------------===//
// Maps
//===----------------------------------------------------------------------===//

/// A map of all pointwise nodes from `node` down that nothing else uses and
/// that belong to the same loop body.
Value Generator::emitMap(const NodeRef &node, Location loc) {
  llvm::SmallVector<NodeRef> fields;
  llvm::SmallVector<Value> operands;
  llvm::DenseMap<const Node *, Value> scalars;
  auto isInside = [&](const NodeRef &arg) {
    return arg->type.isField() && isPointwise(*arg) &&
           (arg->type.element == ElementKind::Bool ||
            (uses[arg.get()] == 1 && loopsOf(*arg) == loopsOf(*node)));
  };
  std::set<const Node *> seen;
  std::function<void(const NodeRef &)> collect = [&](const NodeRef &inner) {
    for (const NodeRef &arg : inner->args) {
      if (!seen.insert(arg.get()).second)
        continue;
      if (isInside(arg)) {
        collect(arg);
      } else if (arg->type.isField()) {
        fields.push_back(arg);
        operands.push_back(emit(arg));
      } else {
        Value scalar = emit(arg);
        enter(loopsOf(*arg));
        scalars[arg.get()] = roundedScalar(scalar, loc);
      }
    }
  };
  collect(node);
  enter(loopsOf(*node));
  auto map = builder.create<MapOp>(loc, fieldType(node->type), operands);
  Block &body = map.getBody().emplaceBlock();
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(&body);
  llvm::DenseMap<const Node *, Value> inside(scalars);
  for (const NodeRef &field : fields)
    inside[field.get()] = body.addArgument(element, location(field->range));
  std::function<Value(const NodeRef &)> compute = [&](const NodeRef &inner) {
    if (Value known = inside.lookup(inner.get()))
      return known;
    llvm::SmallVector<Value> args;
    for (const NodeRef &arg : inner->args)
      args.push_back(compute(arg));
    return inside[inner.get()] =
               emitPointwise(builder, location(inner->range), *inner, args);
  };
  Value result = compute(node);
  builder.create<YieldOp>(loc, result);
  return map.getResult();
}

/// A scalar in every cell of a grid.
Value Generator::emitSpread(const Node &node, Location loc) {
  Value value = emit(node.args[0]);
  enter(loopsOf(node));
  value = roundedScalar(value, loc);
  auto map = builder.create<MapOp>(loc, fieldType(node.type), ValueRange());
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(&map.getBody().emplaceBlock());
  builder.create<YieldOp>(loc, value);
  return map.getResult();
}

Operation *Generator::createLoop(const Loop &loop, Value count,
                                 ValueRange inits) {
  Location loc = location(loop.range);
  if (!loop.until)
    return builder.create<StepsOp>(loc, inits.getTypes(), count, inits,
                                   loop.isEvolution);
  int64_t line = 0;
  if (loop.reported)
    line = loop.reported.file->position(loop.reported.begin).line;
  std::string name = loop.names.front();
  return builder.create<FixpointOp>(
      loc, inits.getTypes(), count, inits, loop.number,
      StringRef(name).split('.').first, loop.measureName, line, loop.accepts);
}

/// The body's operations, and what they need from around it, which goes before
/// the loop, at each level.
void Generator::emitBody(const Loop &loop, Operation *op, Block &body) {
  std::vector<Operation *> befores;
  for (Level &level : levels)
    befores.push_back(level.before);
  for (Level &level : levels)
    if (level.block == op->getBlock())
      level.before = op;
  levels.push_back({&loop, &body, nullptr});
  bodies[&loop] = &body;
  llvm::SmallVector<Value> yields;
  for (const NodeRef &yield : loop.yields)
    yields.push_back(emit(yield));
  Value until, measure, bound;
  if (loop.until) {
    until = emit(loop.until);
    measure = emit(loop.measure);
    bound = emit(loop.bound);
  }
  builder.setInsertionPointToEnd(&body);
  Location loc = location(loop.range);
  if (loop.until)
    builder.create<UntilOp>(loc, until, measure, bound, yields);
  else
    builder.create<YieldOp>(loc, yields);
  levels.pop_back();
  for (auto [level, before] : llvm::zip(levels, befores))
    level.before = before;
}

Operation *Generator::emitLoop(const Loop &loop) {
  if (Operation *known = loops.lookup(&loop))
    return known;
  Value count = emit(loop.count);
  llvm::SmallVector<Value> inits;
  for (const NodeRef &init : loop.inits)
    inits.push_back(emit(init));
  std::set<const Loop *> around;
  loop.forEachOperand([&](const NodeRef &node) {
    around.insert(loopsOf(*node).begin(), loopsOf(*node).end());
  });
  around.erase(&loop);
  enter(around);
  Operation *op = createLoop(loop, count, inits);
  Block &body = op->getRegion(0).emplaceBlock();
  Location loc = location(loop.range);
  body.addArgument(builder.getI64Type(), loc);
  for (Value init : inits)
    body.addArgument(init.getType(), loc);
  emitBody(loop, op, body);
  return loops[&loop] = op;
}

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

void Generator::emitGrid(const Grid &grid) {
  llvm::SmallVector<Attribute> axes;
  for (const Axis &axis : grid.axes)
    axes.push_back(AxisAttr::get(builder.getContext(), axis.name,
                                 convert(axis.low.kind),
                                 convert(axis.high.kind), axis.size.value_or(0),
                                 convert(axis.coarsening)));
  FlatSymbolRefAttr parent;
  if (grid.parent)
    parent = FlatSymbolRefAttr::get(builder.getContext(), grid.parent->name);
  builder.create<GridOp>(location(grid.range), grid.name,
                         builder.getArrayAttr(axes), parent);
}

void Generator::emitParam(size_t index) {
  const Param &param = program.params[index];
  auto bound = [&](double value) {
    return std::isinf(value) ? FloatAttr() : builder.getF64FloatAttr(value);
  };
  TypedAttr initial = param.isInt
                          ? TypedAttr(builder.getI64IntegerAttr(param.integer))
                          : TypedAttr(builder.getF64FloatAttr(param.real));
  params.push_back(builder.create<ParamOp>(
      location(param.range), initial.getType(), param.name, initial,
      bound(param.low), bound(param.high), param.lowOpen, param.highOpen));
}

OwningOpRef<ModuleOp> Generator::run() {
  OwningOpRef<ModuleOp> module = ModuleOp::create(builder.getUnknownLoc());
  builder.setInsertionPointToEnd(module->getBody());
  for (const auto &grid : program.grids)
    emitGrid(*grid);
  SourceRange place =
      program.grids.empty() ? SourceRange() : program.grids.front()->range;
  auto op = builder.create<ProgramOp>(location(place), program.name);
  Block &body = op.getBody().emplaceBlock();
  levels.push_back({nullptr, &body, nullptr});
  builder.setInsertionPointToEnd(&body);
  for (size_t i = 0; i < program.params.size(); ++i)
    emitParam(i);
  std::set<const void *> seen;
  for (const Input &input : program.inputs)
    if (input.initial)
      countUses(input.initial, seen);
  for (const Output &output : program.outputs)
    countUses(output.value, seen);

  for (const auto &grid : program.grids)
    for (size_t i = 0; i < grid->axes.size(); ++i) {
      Value first = emit(grid->axes[i].first);
      Value spacing = emit(grid->axes[i].spacing);
      builder.setInsertionPointToEnd(&body);
      builder.create<AxisOp>(location(grid->range), grid->name, i, first,
                             spacing);
    }
  for (const Input &input : program.inputs) {
    Value initial = input.initial ? emit(input.initial) : Value();
    builder.setInsertionPointToEnd(&body);
    inputs.push_back(builder.create<InputOp>(
        location(input.range), gridType(*input.grid), input.name, initial));
  }
  for (const Output &output : program.outputs) {
    Value value = emit(output.value);
    builder.setInsertionPointToEnd(&body);
    builder.create<OutputOp>(location(output.range), output.name, value);
  }
  return module;
}

OwningOpRef<ModuleOp> generateScheme(const Program &program,
                                     Precision precision,
                                     MLIRContext &context) {
  context.loadDialect<PdeDialect, arith::ArithDialect, math::MathDialect>();
  OwningOpRef<ModuleOp> module = Generator(program, precision, context).run();
  assert(succeeded(verify(*module)) && "scheme generation is correct");
  return module;
}

} // namespace pdec::pde
