//===- LowerLayers.cpp - a network as calls of the runtime's layers -------===//

#include "compiler/net/LayerLowering.h"
#include "compiler/net/Passes.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace pdec::net {

#define GEN_PASS_DEF_LOWERLAYERS
#include "compiler/net/Passes.h.inc"

/// Numbers things by their names, in order.
template <typename Range, typename Name>
static void number(Range range, llvm::StringMap<int> &numbers, Name name) {
  for (auto op : range)
    numbers.try_emplace(name(op), numbers.size());
}

LayerLowering::LayerLowering(ModuleOp module, ProgramOp program,
                             unsigned vectorBytes)
    : module(module), program(program), vectorBytes(vectorBytes),
      builder(module.getContext()) {
  net::number(module.getOps<pde::GridOp>(), grids,
              [](pde::GridOp op) { return op.getSymName(); });
  Block &body = program.getBody().front();
  net::number(body.getOps<pde::ParamOp>(), params,
              [](pde::ParamOp op) { return op.getName(); });
  net::number(body.getOps<InputOp>(), inputs,
              [](InputOp op) { return op.getName(); });
  net::number(body.getOps<OutputOp>(), outputs,
              [](OutputOp op) { return op.getName(); });
}

//===----------------------------------------------------------------------===//
// Owners
//===----------------------------------------------------------------------===//

void LayerLowering::release(Location loc, Value value) {
  call(loc, "pde_tensor_free", {context, mapping.lookup(value)});
  released.insert(value);
}

/// Releases what `op` was the last in its block to read, and unread results.
void LayerLowering::releaseAfter(Operation &op) {
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
// What users see
//===----------------------------------------------------------------------===//

void LayerLowering::lowerDeclaration(Operation &op) {
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
    abi::cloneScalar(builder, op, program, context, mapping);
  }
}

/// Memory of an input as a tensor.
Value LayerLowering::takeInput(InputOp op, Value data) {
  Location loc = op.getLoc();
  unsigned rank = op.getResult().getType().getRank();
  SmallVector<Value> extents;
  for (unsigned axis = 0; axis < rank; ++axis) {
    Value size = call(
        loc, "pde_get_size",
        {context, small(loc, grids.lookup(op.getGrid())), small(loc, axis)});
    if (op.getRows())
      size = builder.create<arith::AddIOp>(
          loc, size,
          builder.create<arith::ConstantIntOp>(loc, (*op.getRows())[axis],
                                               size.getType()));
    extents.push_back(size);
  }
  return call(loc, "pde_tensor_take",
              {context, small(loc, rank), record(loc, extents), data});
}

void LayerLowering::lowerInput(InputOp op) {
  Location loc = op.getLoc();
  Value port = small(loc, inputs.lookup(op.getName()));
  Value data = call(loc, "pde_read_input", {context, port});
  if (op.getInitial().empty()) {
    mapping.map(op.getResult(), takeInput(op, data));
    return;
  }
  Value isMissing = builder.create<LLVM::ICmpOp>(loc, LLVM::ICmpPredicate::eq,
                                                 data, null(loc));
  auto choice = builder.create<scf::IfOp>(loc, pointer(), isMissing, true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(choice.elseBlock());
  builder.create<scf::YieldOp>(loc, takeInput(op, data));
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

void LayerLowering::lowerOutput(OutputOp op) {
  Location loc = op.getLoc();
  Value data = call(loc, "pde_tensor_copy_out",
                    {context, mapping.lookup(op.getValue())});
  call(loc, "pde_write_output",
       {context, small(loc, outputs.lookup(op.getName())), data});
  call(loc, "pde_free", {context, data});
}

//===----------------------------------------------------------------------===//
// The program
//===----------------------------------------------------------------------===//

void LayerLowering::lower(Operation &op) {
  if (auto input = dyn_cast<InputOp>(op))
    lowerInput(input);
  else if (auto output = dyn_cast<OutputOp>(op))
    lowerOutput(output);
  else if (auto values = dyn_cast<WeightsOp>(op))
    lowerWeights(values);
  else if (auto repeat = dyn_cast<RepeatOp>(op))
    lowerRepeat(repeat);
  else if (auto recur = dyn_cast<RecurOp>(op))
    lowerRecur(recur);
  else if (Value layer = lowerLayer(op))
    mapping.map(op.getResult(0), layer);
  else
    lowerDeclaration(op);
}

void LayerLowering::lowerBlock(Block &block) {
  for (Operation &op : block) {
    if (isa<YieldOp, UntilOp>(op))
      continue;
    lower(op);
    releaseAfter(op);
  }
}

void LayerLowering::run() {
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
