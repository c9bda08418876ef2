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
  }
  llvm_unreachable("a boundary kind");
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
  llvm::DenseMap<const Loop *, StepsOp> loops;
  llvm::DenseMap<const Loop *, Block *> bodies;
  std::vector<Value> params, inputs;
  llvm::DenseMap<const Node *, std::set<const Loop *>> needed;
  llvm::DenseMap<const Node *, int> uses;
  std::map<std::tuple<const Node *, int, bool>, Value> outsides;

  void countUses(const NodeRef &node, std::set<const void *> &seen);
  void countLoop(const Loop &loop, std::set<const void *> &seen);
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
  StepsOp emitLoop(const Loop &loop);
  Value emitSpread(const Node &node, Location loc);
  Value outside(const NodeRef &node, int axis, bool high);
  void emitGrid(const Grid &grid);
  void emitParam(size_t index);
};

} // namespace

//===----------------------------------------------------------------------===//
// Where a node goes
//===----------------------------------------------------------------------===//

void Generator::countLoop(const Loop &loop, std::set<const void *> &seen) {
  if (!seen.insert(&loop).second)
    return;
  countUses(loop.count, seen);
  for (const NodeRef &init : loop.inits)
    countUses(init, seen);
  for (const NodeRef &yield : loop.yields)
    countUses(yield, seen);
}

void Generator::countUses(const NodeRef &node, std::set<const void *> &seen) {
  ++uses[node.get()];
  if (!seen.insert(node.get()).second)
    return;
  for (const NodeRef &arg : node->args)
    countUses(arg, seen);
  if (node->loop)
    countLoop(*node->loop, seen);
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
  for (const NodeRef &arg : node.args)
    add(arg);
  if (node.stencil) {
    for (const Stencil::Tap &tap : node.stencil->taps)
      add(tap.weight);
    if (node.stencil->scale)
      add(node.stencil->scale);
  }
  if (node.enclosing)
    result.insert(node.enclosing);
  if (node.loop) {
    add(node.loop->count);
    llvm::for_each(node.loop->inits, add);
    llvm::for_each(node.loop->yields, add);
    result.erase(node.loop.get());
  }
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
      return emitLoop(*node->loop).getResult(node->index);
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
  case NodeKind::Noise: {
    Value seed = emit(node->args[0]);
    enter(loopsOf(*node));
    return builder.create<NoiseOp>(loc, fieldType(node->type), seed);
  }
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
  for (size_t axis = 0; axis < grid.axes.size(); ++axis) {
    if (grid.axes[axis].low.kind == BoundaryKind::Dirichlet)
      outsides.push_back(outside(node.args[0], axis, false));
    if (grid.axes[axis].high.kind == BoundaryKind::Dirichlet)
      outsides.push_back(outside(node.args[0], axis, true));
  }
  enter(loopsOf(node));
  return builder.create<ApplyOp>(loc, fieldType(node.type), stencil, field,
                                 outsides);
}

/// The value of a field beyond a dirichlet side: of inputs and evolving fields
/// the boundary value, of pointwise functions of them the function's value
/// there, and 0 of what an operator made.
Value Generator::outside(const NodeRef &node, int axis, bool high) {
  if (!node->type.isField())
    return emit(node);
  Value &known = outsides[{node.get(), axis, high}];
  if (known)
    return known;
  Location loc = location(node->range);
  const Axis &place = node->type.grid->axes[axis];
  Value result;
  if (isPointwise(*node)) {
    llvm::SmallVector<Value> args;
    for (const NodeRef &arg : node->args)
      args.push_back(outside(arg, axis, high));
    enter(loopsOf(*node));
    result = emitPointwise(builder, loc, *node, args);
  } else if (node->kind == NodeKind::Coordinate && node->axis == axis) {
    // Dirichlet values sit one spacing outside the outermost cell.
    Value first = emit(place.first), spacing = emit(place.spacing);
    enter({});
    if (!high)
      result = builder.create<arith::SubFOp>(loc, first, spacing);
    else {
      Value size = builder.create<SizeOp>(loc, node->type.grid->name, axis);
      size = builder.create<arith::SIToFPOp>(loc, builder.getF64Type(), size);
      Value length = builder.create<arith::MulFOp>(loc, size, spacing);
      result = builder.create<arith::AddFOp>(loc, first, length);
    }
  } else if (node->kind == NodeKind::Input || node->kind == NodeKind::LoopArg ||
             node->kind == NodeKind::LoopResult) {
    result = emit(high ? place.high.value : place.low.value);
  } else if (node->kind == NodeKind::Spread) {
    result = emit(node->args[0]);
  } else {
    enter({});
    result = builder.create<arith::ConstantOp>(loc, builder.getF64FloatAttr(0));
  }
  return outsides[{node.get(), axis, high}] = result;
}

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
        if (scalar.getType().isF64() && !element.isF64()) {
          enter(loopsOf(*arg));
          scalar = builder.create<arith::TruncFOp>(loc, element, scalar);
        }
        scalars[arg.get()] = scalar;
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
  if (!element.isF64())
    value = builder.create<arith::TruncFOp>(loc, element, value);
  auto map = builder.create<MapOp>(loc, fieldType(node.type), ValueRange());
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(&map.getBody().emplaceBlock());
  builder.create<YieldOp>(loc, value);
  return map.getResult();
}

StepsOp Generator::emitLoop(const Loop &loop) {
  if (StepsOp known = loops.lookup(&loop))
    return known;
  Value count = emit(loop.count);
  llvm::SmallVector<Value> inits;
  std::set<const Loop *> around;
  auto addLoops = [&](const NodeRef &node) {
    around.insert(loopsOf(*node).begin(), loopsOf(*node).end());
  };
  addLoops(loop.count);
  for (size_t i = 0; i < loop.inits.size(); ++i)
    inits.push_back(emit(loop.inits[i]));
  llvm::for_each(loop.inits, addLoops);
  llvm::for_each(loop.yields, addLoops);
  around.erase(&loop);

  enter(around);
  Location loc = location(loop.range);
  llvm::SmallVector<mlir::Type> types(ValueRange(inits).getTypes());
  auto steps =
      builder.create<StepsOp>(loc, types, count, inits, loop.isEvolution);
  Block &body = steps.getBody().emplaceBlock();
  body.addArgument(builder.getI64Type(), loc);
  for (mlir::Type type : types)
    body.addArgument(type, loc);

  // What the body needs from around it goes before the loop, at each level.
  std::vector<Operation *> befores;
  for (Level &level : levels)
    befores.push_back(level.before);
  for (Level &level : levels)
    if (level.block == steps->getBlock())
      level.before = steps;
  levels.push_back({&loop, &body, nullptr});
  bodies[&loop] = &body;
  llvm::SmallVector<Value> yields;
  for (size_t i = 0; i < loop.yields.size(); ++i)
    yields.push_back(emit(loop.yields[i]));
  builder.setInsertionPointToEnd(&body);
  builder.create<YieldOp>(loc, yields);
  levels.pop_back();
  for (auto [level, before] : llvm::zip(levels, befores))
    level.before = before;
  return loops[&loop] = steps;
}

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

void Generator::emitGrid(const Grid &grid) {
  llvm::SmallVector<Attribute> axes;
  for (const Axis &axis : grid.axes)
    axes.push_back(
        AxisAttr::get(builder.getContext(), axis.name, convert(axis.low.kind),
                      convert(axis.high.kind), axis.size.value_or(0),
                      Coarsening::Same));
  builder.create<GridOp>(location(grid.range), grid.name,
                         builder.getArrayAttr(axes), FlatSymbolRefAttr());
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
