//===- LowerLayers.cpp - a network as calls of the runtime's layers -------===//

#include "compiler/abi/RuntimeAbi.h"
#include "compiler/net/LayerLowering.h"
#include "compiler/net/Passes.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace pdec::net {

#define GEN_PASS_DEF_LOWERLAYERS
#include "compiler/net/Passes.h.inc"

/// One more owner; loops own what they carry.
Value LayerLowering::handOn(Location, Value tensor, bool) {
  return call(tensor.getLoc(), "pde_tensor_share",
              {context, mapping.lookup(tensor)});
}

void LayerLowering::release(Location loc, Value tensor) {
  call(loc, "pde_tensor_free", {context, mapping.lookup(tensor)});
}

Value LayerLowering::bytesOf(Location loc, Value tensor) {
  return call(loc, "pde_tensor_bytes", {context, mapping.lookup(tensor)});
}

void LayerLowering::keepPart(Location loc, Value reversal, unsigned part, Value,
                             Value given) {
  call(loc, "pde_tensor_keep", {context, reversal, small(loc, part), given});
}

Value LayerLowering::restorePart(Location loc, Value reversal, unsigned part,
                                 Value, Value given) {
  Value restored = call(loc, "pde_tensor_restore",
                        {context, reversal, small(loc, part), given});
  call(loc, "pde_tensor_free", {context, given});
  return restored;
}

Value LayerLowering::takeInput(pde::InputOpInterface op, Value data) {
  Location loc = op.getLoc();
  auto input = cast<InputOp>(*op);
  unsigned rank = input.getResult().getType().getRank();
  SmallVector<Value> extents;
  for (unsigned axis = 0; axis < rank; ++axis) {
    Value size = readSize(loc, input.getGrid(), axis);
    if (input.getRows())
      size = builder.create<arith::AddIOp>(
          loc, size,
          builder.create<arith::ConstantIntOp>(
              loc, input.lowRows(axis) + input.highRows(axis), size.getType()));
    extents.push_back(size);
  }
  return call(loc, "pde_tensor_take",
              {context, small(loc, rank), record(loc, extents), data});
}

Value LayerLowering::makeDefault(pde::InputOpInterface op) {
  Block &body = cast<InputOp>(*op).getInitial().front();
  lowerBlock(body);
  Value yielded = body.getTerminator()->getOperand(0);
  Value made = mapping.lookup(yielded);
  // A tensor from outside of the region keeps its owner.
  return yielded.getParentBlock() == &body
             ? made
             : call(op.getLoc(), "pde_tensor_share", {context, made});
}

void LayerLowering::withData(Location loc, Value tensor,
                             function_ref<void(Value)> use) {
  Value data = call(loc, "pde_tensor_copy_out", {context, tensor});
  use(data);
  call(loc, "pde_free", {context, data});
}

bool LayerLowering::lowerComputation(Operation &op) {
  if (auto values = dyn_cast<WeightsOp>(op)) {
    lowerWeights(values);
    return true;
  }
  if (auto convolve = dyn_cast<ConvolveOp>(op)) {
    lowerConvolve(convolve);
    return true;
  }
  Value layer = lowerLayer(op);
  if (layer)
    mapping.map(op.getResult(0), layer);
  return bool(layer);
}

namespace {
struct LowerLayersPass : impl::LowerLayersBase<LowerLayersPass> {
  using LowerLayersBase::LowerLayersBase;
  void runOnOperation() override {
    ModuleOp module = getOperation();
    for (ProgramOp program : llvm::to_vector(module.getOps<ProgramOp>())) {
      LayerLowering(module, program, vectorBytes).run();
      program.erase();
    }
    for (auto grid : llvm::make_early_inc_range(module.getOps<pde::GridOp>()))
      grid.erase();
    abi::removeUnusedDeclarations(module);
  }
};
} // namespace

} // namespace pdec::net
