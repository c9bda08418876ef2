//===- FormSweeps.cpp - gather field operations into sweeps ---------------===//

#include "compiler/kernel/Passes.h"
#include "compiler/pde/PdeDialect.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace pdec::kernel {

#define GEN_PASS_DEF_FORMSWEEPS
#include "compiler/kernel/Passes.h.inc"

using namespace pde;

/// Operations that compute a field from fields and may be part of a sweep.
static bool isFieldOp(Operation *op) {
  return isa_and_nonnull<MapOp, ApplyOp, AdjointOp, CoordinateOp, NoiseOp>(op);
}

/// True of a value that is computed by field operations, not stored.
static bool isComputed(Value value) { return isFieldOp(value.getDefiningOp()); }

/// Coordinates cost less to compute again than to store.
static bool isCheap(Value value) {
  return isa_and_nonnull<CoordinateOp>(value.getDefiningOp());
}

/// Clones the computation of `value` to the builder's place, down to stored
/// fields; what `mapping` knows is not cloned again.
static Value cloneComputation(OpBuilder &builder, Value value,
                              IRMapping &mapping) {
  if (!isComputed(value))
    return value;
  if (Value known = mapping.lookupOrNull(value))
    return known;
  Operation *op = value.getDefiningOp();
  for (Value operand : op->getOperands())
    cloneComputation(builder, operand, mapping);
  builder.clone(*op, mapping);
  return mapping.lookup(value);
}

/// Makes one sweep before `op` that computes these values, all of one grid, and
/// returns its results in their order.
static ValueRange makeSweep(Operation *op, ArrayRef<Value> values) {
  OpBuilder builder(op);
  auto types = llvm::to_vector(ValueRange(values).getTypes());
  auto sweep = builder.create<SweepOp>(values.front().getLoc(), types);
  builder.setInsertionPointToEnd(&sweep.getBody().emplaceBlock());
  IRMapping mapping;
  SmallVector<Value> yields;
  for (Value value : values)
    yields.push_back(cloneComputation(builder, value, mapping));
  builder.create<YieldOp>(sweep.getLoc(), yields);
  return sweep.getResults();
}

/// Makes a sweep for the values of each grid, and calls `replace` for each
/// value with what is stored of it.
static void storeBefore(Operation *op, const llvm::SetVector<Value> &values,
                        function_ref<void(Value, Value)> replace) {
  llvm::MapVector<Attribute, SmallVector<Value>> byGrid;
  for (Value value : values)
    byGrid[cast<FieldType>(value.getType()).getGrid()].push_back(value);
  for (auto &[grid, ofGrid] : byGrid)
    for (auto [value, stored] : llvm::zip(ofGrid, makeSweep(op, ofGrid)))
      replace(value, stored);
}

/// Stores what `op` reads as whole fields.
static void storeOperands(Operation *op) {
  llvm::SetVector<Value> values;
  for (Value operand : op->getOperands())
    if (isComputed(operand))
      values.insert(operand);
  storeBefore(op, values, [&](Value value, Value stored) {
    op->replaceUsesOfWith(value, stored);
  });
}

/// Stores the fields that a loop's body reads from outside, so that they are
/// computed once.
static void storeCaptures(StepsOp steps) {
  llvm::SetVector<Value> values;
  steps.getBody().walk([&](Operation *inner) {
    for (Value operand : inner->getOperands())
      if (isComputed(operand) && !isCheap(operand) &&
          operand.getParentRegion()->isProperAncestor(&steps.getBody()))
        values.insert(operand);
  });
  storeBefore(steps, values, [&](Value value, Value stored) {
    value.replaceUsesWithIf(stored, [&](OpOperand &use) {
      return steps->isProperAncestor(use.getOwner());
    });
  });
}

static void formSweeps(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(block)) {
    if (auto steps = dyn_cast<StepsOp>(op)) {
      storeCaptures(steps);
      formSweeps(steps.getBody().front());
    }
    if (isa<StepsOp, InputOp, OutputOp, YieldOp>(op))
      storeOperands(&op);
  }
}

/// Removes the field operations that only sweeps, which have clones, used.
static void eraseComputations(ModuleOp module) {
  SmallVector<Operation *> operations;
  module.walk([&](Operation *op) {
    if (isFieldOp(op) && !isa<SweepOp>(op->getParentOp()))
      operations.push_back(op);
  });
  for (Operation *op : llvm::reverse(operations))
    if (op->use_empty())
      op->erase();
}

namespace {
struct FormSweepsPass : impl::FormSweepsBase<FormSweepsPass> {
  void runOnOperation() override {
    for (auto program : getOperation().getOps<ProgramOp>())
      formSweeps(program.getBody().front());
    eraseComputations(getOperation());
  }
};
} // namespace

} // namespace pdec::kernel
