//===- SchemeGen.cpp - a checked program as a module of the pde dialect ---===//
//
// Nodes are emitted on demand, from outputs down, each once. That a node may be
// asked for first inside a loop although it does not depend on the loop is why
// insertion points are not the builder's: enter(loopsOf(node)) goes to the
// innermost loop that the node needs, after emitting all its operands and
// before making its operation. Grids, parameters, axes and inputs come first,
// in the order of the script, which gives them their numbers in the interface.
//
//===----------------------------------------------------------------------===//

#include "compiler/pde/PdeAlong.h"
#include "compiler/pde/PdeChannels.h"
#include "compiler/pde/PdeResults.h"
#include "compiler/pde/PdeSolutions.h"
#include "compiler/scheme/Pointwise.h"
#include "compiler/scheme/SchemeGenerator.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Verifier.h"

#include <cmath>
#include <functional>

using namespace mlir;

namespace pdec::pde {

/// Both enumerations are that of Boundary.def.
Boundary convert(BoundaryKind kind) { return static_cast<Boundary>(kind); }

static_assert(int(CoarseningKind::Vertex) == int(Coarsening::Vertex) &&
              int(CoarseningKind::Cell) == int(Coarsening::Cell) &&
              int(CoarseningKind::Same) == int(Coarsening::Same));
static_assert(int(LineKind::Sum) == int(AlongKind::Sum) &&
              int(LineKind::Min) == int(AlongKind::Min) &&
              int(LineKind::Max) == int(AlongKind::Max) &&
              int(LineKind::Cumulate) == int(AlongKind::Cumulate) &&
              int(LineKind::CumulateBack) == int(AlongKind::CumulateBack) &&
              int(LineKind::Spread) == int(AlongKind::Spread));
static Coarsening convert(CoarseningKind kind) {
  return static_cast<Coarsening>(kind);
}

static_assert(int(pdec::RateKind::Norm) == int(RateKind::Norm) &&
              int(pdec::RateKind::Slowest) == int(RateKind::Slowest) &&
              int(pdec::RateKind::Fastest) == int(RateKind::Fastest));

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
    case NodeKind::LoopArg: {
      // A loop's pass comes first; functions have none.
      Block *body = bodies.lookup(node->enclosing);
      return body->getArgument((node->enclosing->count ? 1 : 0) + node->index);
    }
    case NodeKind::LoopResult:
      return emitLoop(*node->loop)->getResult(node->index);
    case NodeKind::Rate:
      return emitRate(*node, loc);
    case NodeKind::Solution:
      return emitSolution(*node, loc);
    case NodeKind::Gradient:
      return emitGradient(*node, loc);
    case NodeKind::Derivative:
    case NodeKind::Pullback:
      return emitDerivative(*node, loc);
    default:
      return node->type.isField() ? emitField(node, loc)
                                  : emitScalar(*node, loc);
    }
  };
  Value value = make();
  if (variables.count(node.get()) && !isa<BlockArgument>(value)) {
    // Others may be the same value.
    enter(loopsOf(*node));
    value = builder.create<VariableOp>(loc, value);
  }
  return values[node.get()] = value;
}

Value Generator::emitDerivative(const Node &node, Location loc) {
  Value value = emit(node.args[0]), variable = emit(node.args[1]);
  Value direction = emit(node.args[2]);
  enter(loopsOf(node));
  if (node.kind == NodeKind::Pullback)
    return builder.create<PullbackOp>(loc, value, direction, variable);
  return builder.create<DerivativeOp>(loc, value, variable, direction);
}

/// What is differentiated with respect to has been noted by countUses.
Value Generator::emitGradient(const Node &node, Location loc) {
  Value objective = emit(node.args[0]), variable = emit(node.args[1]);
  enter(loopsOf(node));
  return builder.create<GradientOp>(loc, objective, variable);
}

/// Operands first: emitting them moves the insertion point.
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
  case NodeKind::ToInteger:
    if (args[0].getType().isInteger(1))
      return builder.create<arith::ExtUIOp>(loc, builder.getI64Type(), args[0]);
    return builder.create<arith::FPToSIOp>(loc, builder.getI64Type(), args[0]);
  case NodeKind::GridSize:
    return builder.create<SizeOp>(loc, program.grids[node.index]->name,
                                  node.axis);
  case NodeKind::Epsilon:
    return builder.create<arith::ConstantOp>(
        loc, builder.getF64FloatAttr(element.isF64() ? 0x1p-52 : 0x1p-23));
  case NodeKind::Reduce:
    return builder.create<ReduceOp>(loc, builder.getF64Type(),
                                    convert(node.reduction), args);
  case NodeKind::Entry:
    return builder.create<EntryOp>(loc, builder.getF64Type(), args[0],
                                   ArrayRef(args).drop_front(),
                                   node.args[0]->type.grid->extents);
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
    // Of no loop: it depends on the grid alone.
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
  case NodeKind::State:
    // What a state is beyond its sides has been settled; its cells are the
    // same.
    return emit(node->args[0]);
  case NodeKind::Spread:
    return emitSpread(*node, loc);
  case NodeKind::Apply:
    return emitApply(*node, loc);
  case NodeKind::Adjoint:
    return emitAdjoint(*node, loc);
  case NodeKind::Along: {
    Value field = emit(node->args[0]);
    enter(loopsOf(*node));
    return builder.create<AlongOp>(loc, fieldType(node->type),
                                   static_cast<AlongKind>(node->index), field,
                                   node->axis);
  }
  case NodeKind::Convolve:
    return emitConvolve(*node, loc);
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

/// One operation for all results of an application.
Value Generator::emitConvolve(const Node &node, Location loc) {
  const Channels &channels = *node.channels;
  if (!convolutions.count(&channels)) {
    llvm::SmallVector<Value> args;
    for (const NodeRef &arg : node.args)
      args.push_back(emit(arg));
    enter(loopsOf(node));
    llvm::SmallVector<mlir::Type> types(channels.isTransposed ? channels.in()
                                                              : channels.out(),
                                        fieldType(node.type));
    llvm::SmallVector<int64_t> first(channels.first.begin(),
                                     channels.first.end());
    auto all = llvm::ArrayRef(args);
    convolutions[&channels] = builder.create<ConvolveOp>(
        loc, types, channels.isTransposed, all[0],
        all.slice(1, channels.numIndices), channels.extents, first,
        all.drop_front(1 + channels.numIndices));
  }
  return convolutions[&channels]->getResult(node.index);
}

Value Generator::real(double value) {
  return builder.create<arith::ConstantOp>(builder.getUnknownLoc(),
                                           builder.getF64FloatAttr(value));
}

/// A scalar in the element type.
Value Generator::roundedScalar(Value scalar, Location loc) {
  if (!scalar.getType().isF64() || element.isF64())
    return scalar;
  return builder.create<arith::TruncFOp>(loc, element, scalar);
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
        // Outside of the map and once: a weight is not rounded again in each
        // cell.
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
    // In the order of `operands`.
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
  return spread(value, fieldType(node.type), loc);
}

/// A field that is the same number in all of its rows.
Value Generator::spread(Value number, FieldType type, Location loc) {
  number = roundedScalar(number, loc);
  auto map = builder.create<MapOp>(loc, type, ValueRange());
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(&map.getBody().emplaceBlock());
  builder.create<YieldOp>(loc, number);
  return map.getResult();
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
  builder.create<GridOp>(
      location(grid.range), grid.name, builder.getArrayAttr(axes), parent,
      grid.isArray() ? builder.getDenseI64ArrayAttr(grid.extents)
                     : DenseI64ArrayAttr());
}

/// No bound at all where it is infinite.
FloatAttr Generator::bound(double value) {
  return std::isinf(value) ? FloatAttr() : builder.getF64FloatAttr(value);
}

void Generator::emitParam(size_t index) {
  const Param &param = program.params[index];
  TypedAttr initial = param.isInt
                          ? TypedAttr(builder.getI64IntegerAttr(param.integer))
                          : TypedAttr(builder.getF64FloatAttr(param.real));
  params.push_back(builder.create<ParamOp>(
      location(param.range), initial.getType(), param.name, initial,
      bound(param.low), bound(param.high), param.lowOpen, param.highOpen));
}

void Generator::countAllUses() {
  std::set<const void *> seen;
  for (const Input &input : program.inputs)
    if (input.initial)
      countUses(input.initial, seen);
  for (const NodeRef &requirement : program.requirements)
    countUses(requirement, seen);
  for (const Output &output : program.outputs)
    countUses(output.value, seen);
  for (const Record &record : program.records)
    countUses(record.evolved, seen);
}

void Generator::emitAxes(Block &body) {
  for (const auto &grid : program.grids)
    for (size_t i = 0; i < grid->axes.size(); ++i) {
      Value first = emit(grid->axes[i].first);
      Value spacing = emit(grid->axes[i].spacing);
      builder.setInsertionPointToEnd(&body);
      builder.create<AxisOp>(location(grid->range), grid->name, i, first,
                             spacing);
    }
}

void Generator::emitInputs(Block &body) {
  for (const Input &input : program.inputs) {
    Value initial = input.initial ? emit(input.initial) : Value();
    builder.setInsertionPointToEnd(&body);
    const Param legal = input.entries.value_or(Param());
    inputs.push_back(builder.create<InputOp>(
        location(input.range), fieldType(input.type), input.name, initial,
        bound(legal.low), bound(legal.high), legal.lowOpen, legal.highOpen));
  }
}

void Generator::emitOutputs(Block &body) {
  for (const Output &output : program.outputs) {
    Value value = emit(output.value);
    builder.setInsertionPointToEnd(&body);
    if (output.value->type.isField())
      builder.create<OutputOp>(location(output.range), output.name, value);
    else
      builder.create<NumberOp>(location(output.range), output.name, value);
  }
}

OwningOpRef<ModuleOp> Generator::run() {
  OwningOpRef<ModuleOp> module = ModuleOp::create(builder.getUnknownLoc());
  builder.setInsertionPointToEnd(module->getBody());
  for (const auto &grid : program.grids)
    emitGrid(*grid);
  SourceRange place =
      program.grids.empty() ? SourceRange() : program.grids.front()->range;
  // A script may be called as one of its grids or arrays.
  std::string name = program.name;
  while (llvm::any_of(program.grids,
                      [&](const auto &grid) { return grid->name == name; }))
    name += '_';
  auto op = builder.create<ProgramOp>(location(place), name);
  Block &body = op.getBody().emplaceBlock();
  levels.push_back({nullptr, &body, nullptr});
  builder.setInsertionPointToEnd(&body);
  for (size_t i = 0; i < program.params.size(); ++i)
    emitParam(i);
  // Before the first node is emitted: maps are cut where a node has other
  // users.
  countAllUses();
  emitAxes(body);
  emitInputs(body);
  for (const NodeRef &requirement : program.requirements)
    emit(requirement);
  emitOutputs(body);
  // Evolutions that nothing else asks for.
  for (const Record &record : program.records)
    emit(record.evolved);
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
