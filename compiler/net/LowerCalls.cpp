//===- LowerCalls.cpp - layers as calls, and records for them -------------===//
//
// A network of many layers is one long function. Its records take little of it:
// those that say the same are filled once, and what only one call reads is put
// where the call before put its own.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/ActivationFunction.h"
#include "compiler/net/LayerLowering.h"
#include "compiler/pde/Vectorize.h"

using namespace mlir;

namespace pdec::net {

//===----------------------------------------------------------------------===//
// Records
//===----------------------------------------------------------------------===//

/// Memory in the entry block, so that loops do not allocate in each pass.
Value LayerLowering::memoryOf(Location loc, Type type) {
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(context.getParentBlock());
  return builder.create<LLVM::AllocaOp>(loc, pointer(), type, index(loc, 1), 8);
}

static Type typeOfRecord(ValueRange fields) {
  SmallVector<Type> types(fields.getTypes());
  return LLVM::LLVMStructType::getLiteral(fields[0].getContext(), types);
}

Value LayerLowering::fill(Location loc, Value memory, ValueRange fields) {
  Type type = typeOfRecord(fields);
  for (auto [i, field] : llvm::enumerate(fields)) {
    Value address = builder.create<LLVM::GEPOp>(
        loc, pointer(), type, memory, ArrayRef<LLVM::GEPArg>{0, int32_t(i)});
    builder.create<LLVM::StoreOp>(loc, field, address);
  }
  return memory;
}

/// A record for the next call only.
Value LayerLowering::record(Location loc, ValueRange fields) {
  Type type = typeOfRecord(fields);
  Value &memory = scratch[type];
  if (!memory)
    memory = memoryOf(loc, type);
  return fill(loc, memory, fields);
}

Value LayerLowering::lastingRecord(Location loc, ValueRange fields) {
  return fill(loc, memoryOf(loc, typeOfRecord(fields)), fields);
}

/// A record of constants, which calls everywhere may read.
Value LayerLowering::constantRecord(
    Location loc, Attribute key,
    llvm::function_ref<SmallVector<Value>()> fields) {
  Value &memory = constants[key];
  if (memory)
    return memory;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(context.getParentBlock());
  SmallVector<Value> values = fields();
  Type type = typeOfRecord(values);
  Value made =
      builder.create<LLVM::AllocaOp>(loc, pointer(), type, index(loc, 1), 8);
  return memory = fill(loc, made, values);
}

Value LayerLowering::integers(Location loc, Attribute key,
                              ArrayRef<int64_t> values) {
  return constantRecord(loc, key, [&] {
    return llvm::map_to_vector(
        values, [&](int64_t value) { return index(loc, value); });
  });
}

Value LayerLowering::strides(Location loc, DenseI64ArrayAttr strides) {
  return strides ? integers(loc, strides, strides.asArrayRef()) : null(loc);
}

/// A pde_weights: rank, taps, offsets, values, scale.
void LayerLowering::lowerWeights(WeightsOp op) {
  Location loc = op.getLoc();
  SmallVector<int64_t> offsets;
  for (auto offset : op.getOffsets().getAsRange<DenseI64ArrayAttr>())
    llvm::append_range(offsets, offset.asArrayRef());
  Value scale = op.getScale() ? mapping.lookup(op.getScale()) : number(loc, 1);
  weights[op.getResult()] =
      lastingRecord(loc, {small(loc, op.getResult().getType().getRank()),
                          small(loc, op.getValues().size()),
                          integers(loc, op.getOffsets(), offsets),
                          lastingRecord(loc, mapped(op.getValues())), scale});
}

/// Fields of a pde_margin for each axis: kinds, counts, values, tensors,
/// scalars, and where the tensors begin.
SmallVector<Value> LayerLowering::marginFields(
    Location loc, ArrayAttr margins,
    llvm::function_ref<pde::SideOperands(unsigned, bool)> side,
    llvm::function_ref<ArrayRef<int64_t>(unsigned, bool)> rows) {
  SmallVector<Value> fields;
  for (auto [axis, margin] :
       llvm::enumerate(margins.getAsRange<MarginAttr>())) {
    pde::SideOperands sides[] = {side(axis, false), side(axis, true)};
    fields.push_back(small(loc, int32_t(margin.getLowKind())));
    fields.push_back(small(loc, int32_t(margin.getHighKind())));
    fields.push_back(index(loc, margin.getLow()));
    fields.push_back(index(loc, margin.getHigh()));
    for (const pde::SideOperands &one : sides)
      fields.push_back(one.value && !isField(one.value)
                           ? mapping.lookup(one.value)
                           : number(loc, 0));
    for (const pde::SideOperands &one : sides)
      fields.push_back(one.value && isField(one.value)
                           ? mapping.lookup(one.value)
                           : null(loc));
    for (const pde::SideOperands &one : sides)
      fields.push_back(one.scalars.empty()
                           ? null(loc)
                           : lastingRecord(loc, mapped(one.scalars)));
    for (bool high : {false, true}) {
      SmallVector<int64_t> before;
      for (auto [i, count] : llvm::enumerate(rows(axis, high)))
        if (i % 2 == 0)
          before.push_back(count);
      fields.push_back(
          before.empty()
              ? null(loc)
              : integers(loc, builder.getDenseI64ArrayAttr(before), before));
    }
  }
  return fields;
}

Value LayerLowering::margins(Location loc, PadOp op) {
  auto fields = [&] {
    return marginFields(
        loc, op.getMargins(),
        [&](unsigned axis, bool high) { return op.side(axis, high); },
        [&](unsigned axis, bool high) { return op.sideRows(axis, high); });
  };
  if (!op.getValues().empty())
    return record(loc, fields());
  return constantRecord(loc, op.getMargins(), fields);
}

Value LayerLowering::margins(Location loc, FoldOp op) {
  auto fields = [&] {
    return marginFields(
        loc, op.getMargins(),
        [&](unsigned axis, bool high) { return op.side(axis, high); },
        [](unsigned, bool) { return ArrayRef<int64_t>(); });
  };
  if (!op.getWeights().empty())
    return record(loc, fields());
  return constantRecord(loc, op.getMargins(), fields);
}

//===----------------------------------------------------------------------===//
// Layers
//===----------------------------------------------------------------------===//

/// Activations that compute the same share a function.
Value LayerLowering::lowerActivation(ActivationOp op) {
  Location loc = op.getLoc();
  func::FuncOp &pointwise = activations[structureOf(op)];
  if (!pointwise)
    pointwise = makeActivationFunction(
        module, op, "activation" + std::to_string(activations.size() - 1),
        vectorBytes);
  Value slots = null(loc);
  SmallVector<Value> scalars =
      mapped(pde::capturedScalars(op.getBody().front()));
  if (!scalars.empty()) {
    // Slots of eight bytes: narrower scalars lie at their beginning.
    SmallVector<Type> types(scalars.size(), builder.getI64Type());
    Type type = LLVM::LLVMStructType::getLiteral(builder.getContext(), types);
    Value &memory = scratch[type];
    if (!memory)
      memory = memoryOf(loc, type);
    slots = memory;
  }
  for (auto [i, scalar] : llvm::enumerate(scalars))
    setSlot(loc, slots, i, scalar);
  SmallVector<Value> tensors = mapped(op.getXs());
  Value body = builder.create<func::ConstantOp>(
      loc, pointwise.getFunctionType(), pointwise.getSymName());
  return call(
      loc, "pde_layer_activation",
      {context, small(loc, tensors.size()), record(loc, tensors), body, slots});
}

Value LayerLowering::lowerReduce(ReduceOp op) {
  Location loc = op.getLoc();
  SmallVector<Value> xs = mapped(op.getXs());
  return call(loc, "pde_layer_reduce",
              {context, small(loc, int32_t(op.getKind())), xs[0],
               xs.size() > 1 ? xs[1] : null(loc)});
}

/// Tensors made of nothing but their sizes.
Value LayerLowering::lowerSource(Operation &op) {
  Location loc = op.getLoc();
  auto rank = [&](ValueRange sizes) { return small(loc, sizes.size()); };
  if (auto coordinate = dyn_cast<CoordinateOp>(op))
    return call(loc, "pde_layer_coordinate",
                {context, rank(coordinate.getSizes()),
                 record(loc, mapped(coordinate.getSizes())),
                 small(loc, coordinate.getAxis()),
                 index(loc, coordinate.cellsBefore(coordinate.getAxis())),
                 mapping.lookup(coordinate.getFirst()),
                 mapping.lookup(coordinate.getSpacing())});
  if (auto noise = dyn_cast<NoiseOp>(op))
    return call(loc, "pde_layer_noise",
                {context, rank(noise.getSizes()),
                 record(loc, mapped(noise.getSizes())),
                 mapping.lookup(noise.getSeed())});
  return {};
}

/// The call of a layer; null if `op` is none.
Value LayerLowering::lowerLayer(Operation &op) {
  Location loc = op.getLoc();
  auto operand = [&](unsigned i) { return mapping.lookup(op.getOperand(i)); };
  if (auto pad = dyn_cast<PadOp>(op))
    return call(loc, "pde_layer_pad", {context, operand(0), margins(loc, pad)});
  if (auto fold = dyn_cast<FoldOp>(op))
    return call(loc, "pde_layer_fold",
                {context, operand(0), margins(loc, fold)});
  if (auto conv = dyn_cast<ConvOp>(op))
    return call(loc, "pde_layer_conv",
                {context, operand(0), weights.lookup(conv.getWeights()),
                 strides(loc, conv.getStridesAttr())});
  if (auto conv = dyn_cast<ConvTransposeOp>(op))
    return call(loc, "pde_layer_conv_transpose",
                {context, operand(0), weights.lookup(conv.getWeights()),
                 strides(loc, conv.getStridesAttr())});
  if (isa<AddOp>(op))
    return call(loc, "pde_layer_add", {context, operand(0), operand(1)});
  if (isa<SubtractOp>(op))
    return call(loc, "pde_layer_subtract", {context, operand(0), operand(1)});
  if (isa<ScaleOp>(op))
    return call(loc, "pde_layer_scale", {context, operand(0), operand(1)});
  if (auto activation = dyn_cast<ActivationOp>(op))
    return lowerActivation(activation);
  if (auto correlate = dyn_cast<CorrelateOp>(op))
    return lowerCorrelate(correlate);
  if (auto along = dyn_cast<AlongOp>(op))
    return lowerAlong(along);
  if (auto reduce = dyn_cast<ReduceOp>(op))
    return lowerReduce(reduce);
  if (auto entry = dyn_cast<EntryOp>(op))
    return call(loc, "pde_layer_entry",
                {context, operand(0),
                 placeOf(op, entry.getIndices(), entry.getExtents())});
  return lowerSource(op);
}

} // namespace pdec::net
