//===- PdeToNet.cpp - a scheme as the network that it is ------------------===//

#include "compiler/net/Converter.h"
#include "compiler/net/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace pdec::net {

#define GEN_PASS_DEF_PDETONET
#include "compiler/net/Passes.h.inc"

Converter::Converter(ModuleOp module) : builder(module.getContext()) {
  for (auto grid : module.getOps<pde::GridOp>())
    ranks[FlatSymbolRefAttr::get(grid.getSymNameAttr())] = grid.rank();
}

RankedTensorType Converter::tensorOf(pde::FieldType type) {
  // Symbolic sizes; the runtime's tensors know theirs.
  SmallVector<int64_t> sizes(rankOf(type), ShapedType::kDynamic);
  return RankedTensorType::get(sizes, type.getElement());
}

SmallVector<Value> Converter::sizesOf(Location loc, pde::FieldType type) {
  SmallVector<Value> sizes;
  for (unsigned axis = 0; axis < rankOf(type); ++axis) {
    int64_t rows = type.lowRows(axis) + type.highRows(axis);
    Value size =
        builder.create<pde::SizeOp>(loc, builder.getI64Type(), type.getGrid(),
                                    builder.getI64IntegerAttr(axis));
    if (rows) {
      Value more = builder.create<arith::ConstantOp>(
          loc, builder.getI64IntegerAttr(rows));
      size = builder.create<arith::AddIOp>(loc, size, more);
    }
    sizes.push_back(size);
  }
  return sizes;
}

/// Operations whose results reach nothing but inputs' defaults. Loops count as
/// one operation with all that their bodies read.
void Converter::findDefaults(Block &block) {
  for (Operation &op : llvm::reverse(block)) {
    bool isLoop = isa<LoopLikeOpInterface, pde::ReverseOp>(op);
    if (op.use_empty() || !(isLoop || isMemoryEffectFree(&op)))
      continue;
    auto isDefault = [&](Operation *user) {
      Operation *reader = block.findAncestorOpInBlock(*user);
      return isa<pde::InputOp>(reader) || defaults.count(reader);
    };
    if (llvm::all_of(op.getUsers(), isDefault))
      defaults.insert(&op);
  }
}

/// Converts what `value` is computed from to the builder's place.
void Converter::cloneDefault(Value value, llvm::DenseSet<Operation *> &done) {
  Operation *op = value.getDefiningOp();
  if (!op || mapping.contains(value) || !done.insert(op).second)
    return;
  for (Value operand : op->getOperands())
    cloneDefault(operand, done);
  op->walk([&](Operation *inner) {
    for (Value operand : inner->getOperands())
      if (!op->isAncestor(operand.getParentRegion()->getParentOp()))
        cloneDefault(operand, done);
  });
  convert(*op);
}

void Converter::convertInput(pde::InputOp op) {
  pde::FieldType type = op.getField().getType();
  SmallVector<int64_t> rows;
  for (auto [low, high] : llvm::zip(type.getLow(), type.getHigh()))
    rows.append({low, high});
  auto input = builder.create<InputOp>(
      op.getLoc(), tensorOf(type), op.getNameAttr(), type.getGrid(),
      rows.empty() ? DenseI64ArrayAttr() : builder.getDenseI64ArrayAttr(rows));
  // The legal values of an array's entries, for the way back.
  for (NamedAttribute legal : op->getAttrs())
    if (legal.getName() != op.getNameAttrName())
      input->setDiscardableAttr(legal.getName(), legal.getValue());
  if (op.getInitial()) {
    OpBuilder::InsertionGuard guard(builder);
    IRMapping outside = mapping;
    builder.setInsertionPointToEnd(&input.getInitial().emplaceBlock());
    llvm::DenseSet<Operation *> done;
    cloneDefault(op.getInitial(), done);
    builder.create<YieldOp>(op.getLoc(), mapped(op.getInitial()));
    mapping = outside;
  }
  mapping.map(op.getField(), input.getResult());
}

void Converter::convert(Operation &op) {
  if (auto input = dyn_cast<pde::InputOp>(op))
    convertInput(input);
  else if (auto output = dyn_cast<pde::OutputOp>(op))
    builder.create<OutputOp>(op.getLoc(), output.getName(),
                             mapped(output.getField()));
  else if (auto stencil = dyn_cast<pde::StencilOp>(op))
    convertStencil(stencil);
  else if (auto apply = dyn_cast<pde::ApplyOp>(op))
    convertApply(apply);
  else if (auto adjoint = dyn_cast<pde::AdjointOp>(op))
    convertAdjoint(adjoint);
  else if (auto restriction = dyn_cast<pde::RestrictOp>(op))
    convertRestrict(restriction);
  else if (auto prolongation = dyn_cast<pde::ProlongOp>(op))
    convertProlong(prolongation);
  else if (auto reduction = dyn_cast<pde::ReduceOp>(op))
    convertReduce(reduction);
  else if (auto convolve = dyn_cast<pde::ConvolveOp>(op))
    convertConvolve(convolve);
  else if (auto correlate = dyn_cast<pde::CorrelateOp>(op))
    convertCorrelate(correlate);
  else if (auto along = dyn_cast<pde::AlongOp>(op))
    convertAlong(along);
  else if (auto entry = dyn_cast<pde::EntryOp>(op))
    convertEntry(entry);
  else if (auto map = dyn_cast<pde::MapOp>(op))
    convertMap(map);
  else if (auto coordinate = dyn_cast<pde::CoordinateOp>(op))
    convertCoordinate(coordinate);
  else if (auto noise = dyn_cast<pde::NoiseOp>(op))
    convertNoise(noise);
  else if (auto steps = dyn_cast<pde::StepsOp>(op))
    convertSteps(steps);
  else if (auto fixpoint = dyn_cast<pde::FixpointOp>(op))
    convertFixpoint(fixpoint);
  else if (auto reverse = dyn_cast<pde::ReverseOp>(op))
    convertReverse(reverse);
  else if (!isa<pde::YieldOp, pde::UntilOp>(op))
    builder.clone(op, mapping); // scalars and declarations
}

void Converter::convertBlock(Block &block) {
  for (Operation &op : block)
    if (!defaults.count(&op))
      convert(op);
}

void Converter::convertProgram(pde::ProgramOp program) {
  builder.setInsertionPointAfter(program);
  auto network =
      builder.create<ProgramOp>(program.getLoc(), program.getSymName());
  builder.setInsertionPointToEnd(&network.getBody().emplaceBlock());
  findDefaults(program.getBody().front());
  convertBlock(program.getBody().front());
}

namespace {
struct PdeToNetPass : impl::PdeToNetBase<PdeToNetPass> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    auto programs = llvm::to_vector(module.getOps<pde::ProgramOp>());
    for (pde::ProgramOp program : programs) {
      Converter(module).convertProgram(program);
      program.erase();
    }
  }
};
} // namespace

} // namespace pdec::net
