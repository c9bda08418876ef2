//===- LowerLayers.cpp - a network as calls of the runtime's layers -------===//

#include "compiler/abi/RuntimeAbi.h"
#include "compiler/net/ActivationFunction.h"
#include "compiler/net/Passes.h"
#include "compiler/pde/PdeDialect.h"
#include "compiler/pde/Vectorize.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringMap.h"

using namespace mlir;

namespace pdec::net {

#define GEN_PASS_DEF_LOWERLAYERS
#include "compiler/net/Passes.h.inc"

namespace {

/// Every tensor of the network becomes a handle with one owner, the value; it
/// is released after the last layer that reads it. Loops own what they carry.
class Lowering {
public:
  Lowering(ModuleOp module, ProgramOp program, unsigned vectorBytes)
      : module(module), program(program), vectorBytes(vectorBytes),
        builder(module.getContext()) {
    number(module.getOps<pde::GridOp>(), grids,
           [](pde::GridOp op) { return op.getSymName(); });
    Block &body = program.getBody().front();
    number(body.getOps<pde::ParamOp>(), params,
           [](pde::ParamOp op) { return op.getName(); });
    number(body.getOps<InputOp>(), inputs,
           [](InputOp op) { return op.getName(); });
    number(body.getOps<OutputOp>(), outputs,
           [](OutputOp op) { return op.getName(); });
  }
  void run();

private:
  ModuleOp module;
  ProgramOp program;
  unsigned vectorBytes;
  OpBuilder builder;
  IRMapping mapping;
  Value context;
  func::FuncOp function;
  llvm::StringMap<int> grids, params, inputs, outputs;
  llvm::DenseSet<Value> released;
  /// pde_weights in memory.
  llvm::DenseMap<Value, Value> weights;

  template <typename Range, typename Name>
  static void number(Range range, llvm::StringMap<int> &numbers, Name name) {
    for (auto op : range)
      numbers.try_emplace(name(op), numbers.size());
  }

  Type pointer() { return LLVM::LLVMPointerType::get(builder.getContext()); }
  Value constant(Location loc, TypedAttr attr) {
    return builder.create<arith::ConstantOp>(loc, attr);
  }
  Value index(Location loc, int64_t value) {
    return constant(loc, builder.getI64IntegerAttr(value));
  }
  Value small(Location loc, int32_t value) {
    return constant(loc, builder.getI32IntegerAttr(value));
  }
  Value call(Location loc, StringRef name, ValueRange arguments) {
    return abi::call(builder, loc, name, arguments);
  }
  /// Memory for a record of values, filled at the builder's place.
  Value record(Location loc, ValueRange fields);
  Value array(Location loc, ValueRange items) { return record(loc, items); }

  void lowerBlock(Block &block);
  void lower(Operation &op);
  void releaseAfter(Operation &op);
  bool isTensor(Value value) { return isa<RankedTensorType>(value.getType()); }
  void release(Location loc, Value value);

  void lowerDeclaration(Operation &op);
  void lowerInput(InputOp op);
  void lowerWeights(WeightsOp op);
  Value marginRecord(Location loc, ArrayAttr margins, ValueRange values);
  Value lowerActivation(ActivationOp op);
  void lowerRepeat(RepeatOp op);
  Value lowerLayer(Operation &op);
  SmallVector<Value> sizes(ValueRange sizes);
};

} // namespace

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

Value Lowering::record(Location loc, ValueRange fields) {
  SmallVector<Type> types(fields.getTypes());
  auto type = LLVM::LLVMStructType::getLiteral(builder.getContext(), types);
  Value memory;
  {
    // In the entry block, so that loops do not allocate in each pass.
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(&function.getBody().front());
    memory =
        builder.create<LLVM::AllocaOp>(loc, pointer(), type, index(loc, 1), 8);
  }
  for (auto [i, field] : llvm::enumerate(fields)) {
    Value address = builder.create<LLVM::GEPOp>(
        loc, pointer(), type, memory, ArrayRef<LLVM::GEPArg>{0, int32_t(i)});
    builder.create<LLVM::StoreOp>(loc, field, address);
  }
  return memory;
}

void Lowering::release(Location loc, Value value) {
  call(loc, "pde_tensor_free", {context, mapping.lookup(value)});
  released.insert(value);
}

/// Releases what `op` was the last in its block to read, and unread results.
void Lowering::releaseAfter(Operation &op) {
  llvm::SetVector<Value> candidates;
  op.walk([&](Operation *inner) {
    candidates.insert(inner->operand_begin(), inner->operand_end());
  });
  candidates.insert(op.result_begin(), op.result_end());
  for (Value value : candidates) {
    if (!isTensor(value) || value.getParentBlock() != op.getBlock() ||
        released.count(value) || !mapping.contains(value))
      continue;
    bool isLast = llvm::all_of(value.getUsers(), [&](Operation *user) {
      Operation *inBlock = op.getBlock()->findAncestorOpInBlock(*user);
      return inBlock == &op || inBlock->isBeforeInBlock(&op);
    });
    if (isLast)
      release(op.getLoc(), value);
  }
}

//===----------------------------------------------------------------------===//
// Declarations and data
//===----------------------------------------------------------------------===//

void Lowering::lowerDeclaration(Operation &op) {
  Location loc = op.getLoc();
  if (auto param = dyn_cast<pde::ParamOp>(op)) {
    bool isReal = param.getValue().getType().isF64();
    mapping.map(param.getValue(),
                call(loc, isReal ? "pde_get_real" : "pde_get_int",
                     {context, small(loc, params.lookup(param.getName()))}));
  } else if (auto size = dyn_cast<pde::SizeOp>(op)) {
    mapping.map(size.getSize(),
                call(loc, "pde_get_size",
                     {context, small(loc, grids.lookup(size.getGrid())),
                      small(loc, size.getAxis())}));
  } else if (auto axis = dyn_cast<pde::AxisOp>(op)) {
    call(loc, "pde_set_axis",
         {context, small(loc, grids.lookup(axis.getGrid())),
          small(loc, axis.getAxis()), mapping.lookup(axis.getFirst()),
          mapping.lookup(axis.getSpacing())});
  } else {
    builder.clone(op, mapping);
  }
}

void Lowering::lowerInput(InputOp op) {
  Location loc = op.getLoc();
  Value port = small(loc, inputs.lookup(op.getName()));
  Value data = call(loc, "pde_read_input", {context, port});
  auto take = [&](Value memory) {
    unsigned rank = op.getResult().getType().getRank();
    SmallVector<Value> extents;
    for (unsigned axis = 0; axis < rank; ++axis)
      extents.push_back(call(
          loc, "pde_get_size",
          {context, small(loc, grids.lookup(op.getGrid())), small(loc, axis)}));
    return call(loc, "pde_tensor_take",
                {context, small(loc, rank), array(loc, extents), memory});
  };
  if (op.getInitial().empty()) {
    mapping.map(op.getResult(), take(data));
    return;
  }
  Value null = builder.create<LLVM::ZeroOp>(loc, pointer());
  Value isMissing =
      builder.create<LLVM::ICmpOp>(loc, LLVM::ICmpPredicate::eq, data, null);
  auto choice = builder.create<scf::IfOp>(loc, pointer(), isMissing, true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(choice.elseBlock());
  builder.create<scf::YieldOp>(loc, take(data));
  builder.setInsertionPointToStart(choice.thenBlock());
  Block &body = op.getInitial().front();
  lowerBlock(body);
  Value yielded = body.getTerminator()->getOperand(0);
  Value made = mapping.lookup(yielded);
  // A tensor from outside of the region keeps its owner.
  if (yielded.getParentBlock() != &body)
    made = call(loc, "pde_tensor_share", {context, made});
  Value copy = call(loc, "pde_tensor_copy_out", {context, made});
  call(loc, "pde_note_input", {context, port, copy});
  call(loc, "pde_free", {context, copy});
  builder.create<scf::YieldOp>(loc, made);
  mapping.map(op.getResult(), choice.getResult(0));
}

/// A pde_weights: rank, taps, offsets, values, scale.
void Lowering::lowerWeights(WeightsOp op) {
  Location loc = op.getLoc();
  SmallVector<Value> offsets, values;
  for (Attribute offset : op.getOffsets())
    for (int64_t one : cast<DenseI64ArrayAttr>(offset).asArrayRef())
      offsets.push_back(index(loc, one));
  for (Value value : op.getValues())
    values.push_back(mapping.lookup(value));
  Value scale = op.getScale() ? mapping.lookup(op.getScale())
                              : constant(loc, builder.getF64FloatAttr(1));
  weights[op.getResult()] =
      record(loc, {small(loc, op.getResult().getType().getRank()),
                   small(loc, values.size()), array(loc, offsets),
                   array(loc, values), scale});
}

/// One pde_margin for each axis: kinds, counts, values.
Value Lowering::marginRecord(Location loc, ArrayAttr margins,
                             ValueRange values) {
  SmallVector<Value> fields;
  unsigned position = 0;
  auto valueOf = [&](Continuation kind) {
    if (kind == Continuation::Value && position < values.size())
      return mapping.lookup(values[position++]);
    return constant(loc, builder.getF64FloatAttr(0));
  };
  for (auto margin : margins.getAsRange<MarginAttr>()) {
    fields.push_back(small(loc, int32_t(margin.getLowKind())));
    fields.push_back(small(loc, int32_t(margin.getHighKind())));
    fields.push_back(index(loc, margin.getLow()));
    fields.push_back(index(loc, margin.getHigh()));
    fields.push_back(valueOf(margin.getLowKind()));
    fields.push_back(valueOf(margin.getHighKind()));
  }
  return record(loc, fields);
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

Value Lowering::lowerActivation(ActivationOp op) {
  Location loc = op.getLoc();
  func::FuncOp pointwise = makeActivationFunction(module, op, vectorBytes);
  SmallVector<Value> tensors, scalars;
  for (Value x : op.getXs())
    tensors.push_back(mapping.lookup(x));
  for (Value scalar : pde::capturedScalars(op.getBody().front()))
    scalars.push_back(mapping.lookup(scalar));
  // Slots of eight bytes: narrower scalars lie at their beginning.
  Value slots = builder.create<LLVM::ZeroOp>(loc, pointer());
  if (!scalars.empty()) {
    SmallVector<Value> zeros(scalars.size(), index(loc, 0));
    slots = array(loc, zeros);
    for (auto [i, scalar] : llvm::enumerate(scalars)) {
      Value address = builder.create<LLVM::GEPOp>(
          loc, pointer(), builder.getI64Type(), slots,
          ArrayRef<LLVM::GEPArg>{int32_t(i)});
      builder.create<LLVM::StoreOp>(loc, scalar, address);
    }
  }
  Value body = builder.create<func::ConstantOp>(
      loc, pointwise.getFunctionType(), pointwise.getSymName());
  return call(
      loc, "pde_layer_activation",
      {context, small(loc, tensors.size()), array(loc, tensors), body, slots});
}

SmallVector<Value> Lowering::sizes(ValueRange sizes) {
  SmallVector<Value> result;
  for (Value size : sizes)
    result.push_back(mapping.lookup(size));
  return result;
}

Value Lowering::lowerLayer(Operation &op) {
  Location loc = op.getLoc();
  auto operand = [&](unsigned i) { return mapping.lookup(op.getOperand(i)); };
  if (auto pad = dyn_cast<PadOp>(op))
    return call(loc, "pde_layer_pad",
                {context, operand(0),
                 marginRecord(loc, pad.getMargins(), pad.getValues())});
  if (auto fold = dyn_cast<FoldOp>(op))
    return call(
        loc, "pde_layer_fold",
        {context, operand(0), marginRecord(loc, fold.getMargins(), {})});
  if (isa<ConvOp>(op))
    return call(loc, "pde_layer_conv",
                {context, operand(0), weights.lookup(op.getOperand(1))});
  if (isa<ConvTransposeOp>(op))
    return call(loc, "pde_layer_conv_transpose",
                {context, operand(0), weights.lookup(op.getOperand(1))});
  if (isa<AddOp>(op))
    return call(loc, "pde_layer_add", {context, operand(0), operand(1)});
  if (isa<SubtractOp>(op))
    return call(loc, "pde_layer_subtract", {context, operand(0), operand(1)});
  if (isa<ScaleOp>(op))
    return call(loc, "pde_layer_scale", {context, operand(0), operand(1)});
  if (auto activation = dyn_cast<ActivationOp>(op))
    return lowerActivation(activation);
  auto rank = [&](ValueRange sizes) { return small(loc, sizes.size()); };
  if (auto coordinate = dyn_cast<CoordinateOp>(op))
    return call(loc, "pde_layer_coordinate",
                {context, rank(coordinate.getSizes()),
                 array(loc, sizes(coordinate.getSizes())),
                 small(loc, coordinate.getAxis()),
                 mapping.lookup(coordinate.getFirst()),
                 mapping.lookup(coordinate.getSpacing())});
  if (auto noise = dyn_cast<NoiseOp>(op))
    return call(loc, "pde_layer_noise",
                {context, rank(noise.getSizes()),
                 array(loc, sizes(noise.getSizes())),
                 mapping.lookup(noise.getSeed())});
  return {};
}

//===----------------------------------------------------------------------===//
// Control
//===----------------------------------------------------------------------===//

void Lowering::lowerRepeat(RepeatOp op) {
  Location loc = op.getLoc();
  auto share = [&](Value value) {
    Value handle = mapping.lookup(value);
    return isTensor(value) ? call(loc, "pde_tensor_share", {context, handle})
                           : handle;
  };
  SmallVector<Value> inits;
  for (Value init : op.getInits())
    inits.push_back(share(init));
  Value count = mapping.lookup(op.getCount());
  auto loop = builder.create<scf::ForOp>(loc, index(loc, 0), count,
                                         index(loc, 1), inits);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  Block &body = op.getBody().front();
  mapping.map(body.getArgument(0), loop.getInductionVar());
  for (auto [argument, value] :
       llvm::zip(body.getArguments().drop_front(), loop.getRegionIterArgs()))
    mapping.map(argument, value);
  lowerBlock(body);
  // The next pass owns what it gets; what this one still owns goes.
  Operation *yield = body.getTerminator();
  SmallVector<Value> yields;
  for (Value value : yield->getOperands())
    yields.push_back(share(value));
  releaseAfter(*yield);
  for (Value argument : body.getArguments())
    if (isTensor(argument) && !released.count(argument))
      release(loc, argument);
  if (op.getEvolution()) {
    Value done = builder.create<arith::AddIOp>(loc, loop.getInductionVar(),
                                               index(loc, 1));
    call(loc, "pde_progress", {context, done, count});
  }
  builder.create<scf::YieldOp>(loc, yields);
  for (auto [result, value] : llvm::zip(op.getResults(), loop.getResults()))
    mapping.map(result, value);
}

void Lowering::lower(Operation &op) {
  Location loc = op.getLoc();
  if (auto input = dyn_cast<InputOp>(op)) {
    lowerInput(input);
  } else if (auto output = dyn_cast<OutputOp>(op)) {
    Value data = call(loc, "pde_tensor_copy_out",
                      {context, mapping.lookup(output.getValue())});
    call(loc, "pde_write_output",
         {context, small(loc, outputs.lookup(output.getName())), data});
    call(loc, "pde_free", {context, data});
  } else if (auto values = dyn_cast<WeightsOp>(op)) {
    lowerWeights(values);
  } else if (auto repeat = dyn_cast<RepeatOp>(op)) {
    lowerRepeat(repeat);
  } else if (Value layer = lowerLayer(op)) {
    mapping.map(op.getResult(0), layer);
  } else {
    lowerDeclaration(op);
  }
}

void Lowering::lowerBlock(Block &block) {
  for (Operation &op : block) {
    if (isa<YieldOp>(op))
      continue;
    lower(op);
    releaseAfter(op);
  }
}

void Lowering::run() {
  abi::declareRuntime(module);
  builder.setInsertionPointToEnd(module.getBody());
  function = builder.create<func::FuncOp>(
      program.getLoc(), "run",
      FunctionType::get(builder.getContext(), {pointer()}, {}));
  Block *entry = function.addEntryBlock();
  context = entry->getArgument(0);
  builder.setInsertionPointToEnd(entry);
  lowerBlock(program.getBody().front());
  builder.create<func::ReturnOp>(program.getLoc());
}

namespace {
struct LowerLayersPass : impl::LowerLayersBase<LowerLayersPass> {
  using LowerLayersBase::LowerLayersBase;
  void runOnOperation() override {
    ModuleOp module = getOperation();
    for (ProgramOp program : llvm::to_vector(module.getOps<ProgramOp>())) {
      Lowering(module, program, vectorBytes).run();
      program.erase();
    }
    for (auto grid : llvm::make_early_inc_range(module.getOps<pde::GridOp>()))
      grid.erase();
    abi::removeUnusedDeclarations(module);
  }
};
} // namespace

} // namespace pdec::net
