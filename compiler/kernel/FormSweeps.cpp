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
  return isa_and_nonnull<MapOp, ApplyOp, AdjointOp, RestrictOp, ProlongOp,
                         CoordinateOp, NoiseOp>(op);
}

/// Operations that read whole fields from memory.
static bool readsStored(Operation *op) {
  return isa<StepsOp, FixpointOp, InputOp, OutputOp, ReduceOp, RestrictOp,
             ProlongOp, YieldOp, UntilOp>(op);
}

static bool isLoop(Operation *op) { return isa<StepsOp, FixpointOp>(op); }

/// True of a value that is computed by field operations, not stored.
static bool isComputed(Value value) { return isFieldOp(value.getDefiningOp()); }

/// Coordinates cost less to compute again than to store.
static bool isCheap(Value value) {
  return isa_and_nonnull<CoordinateOp>(value.getDefiningOp());
}

namespace {

/// Forms the sweeps of a program, block by block in the order of execution.
class SweepFormer {
public:
  void run(Block &block);

private:
  using Values = llvm::SetVector<Value>;
  /// What has been stored so far of computed values.
  llvm::DenseMap<Value, Value> stored;

  Value cloneComputation(OpBuilder &builder, Value value, IRMapping &mapping);
  ValueRange makeSweep(Operation *op, ArrayRef<Value> values);
  void storeBefore(Operation *op, const Values &values);
  void addLaterReads(Block *block, Value value, Values &values,
                     llvm::DenseSet<Value> &seen);
  void storeOperands(Operation *op);
  void storeDefault(InputOp input);
  void storeCaptures(Operation *loop);
};

} // namespace

/// Clones the computation of `value` to the builder's place, down to stored
/// fields; what `mapping` knows is not cloned again.
Value SweepFormer::cloneComputation(OpBuilder &builder, Value value,
                                    IRMapping &mapping) {
  if (!isComputed(value))
    return value;
  if (Value known = mapping.lookupOrNull(value))
    return known;
  if (Value known = stored.lookup(value)) {
    mapping.map(value, known);
    return known;
  }
  Operation *op = value.getDefiningOp();
  for (Value operand : op->getOperands())
    cloneComputation(builder, operand, mapping);
  builder.clone(*op, mapping);
  return mapping.lookup(value);
}

/// Makes one sweep before `op` that computes these values, all of one grid, and
/// returns its results in their order.
ValueRange SweepFormer::makeSweep(Operation *op, ArrayRef<Value> values) {
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

/// Makes a sweep for those of the values on each grid that are not stored yet.
void SweepFormer::storeBefore(Operation *op, const Values &values) {
  llvm::MapVector<Attribute, SmallVector<Value>> byGrid;
  for (Value value : values)
    if (!stored.count(value))
      byGrid[cast<FieldType>(value.getType()).getGrid()].push_back(value);
  for (auto &[grid, ofGrid] : byGrid)
    for (auto [value, made] : llvm::zip(ofGrid, makeSweep(op, ofGrid)))
      stored[value] = made;
}

/// Adds what computing `value` passes by and the block will have to store
/// anyway: one sweep can write both.
void SweepFormer::addLaterReads(Block *block, Value value, Values &values,
                                llvm::DenseSet<Value> &seen) {
  if (!isComputed(value) || stored.count(value) || !seen.insert(value).second)
    return;
  bool isRead = llvm::any_of(value.getUsers(), [&](Operation *user) {
    Operation *inBlock = block->findAncestorOpInBlock(*user);
    return inBlock && readsStored(inBlock) && !isa<InputOp>(inBlock);
  });
  if (isRead && !isCheap(value))
    values.insert(value);
  Operation *op = value.getDefiningOp();
  if (!isa<RestrictOp, ProlongOp>(op))
    for (Value operand : op->getOperands())
      addLaterReads(block, operand, values, seen);
}

/// Stores what `op` reads as whole fields.
void SweepFormer::storeOperands(Operation *op) {
  Values values;
  for (Value operand : op->getOperands())
    if (isComputed(operand))
      values.insert(operand);
  llvm::DenseSet<Value> seen;
  for (Value value : llvm::to_vector(values))
    addLaterReads(op->getBlock(), value, values, seen);
  storeBefore(op, values);
  for (OpOperand &operand : op->getOpOperands())
    if (isComputed(operand.get()))
      operand.set(stored.lookup(operand.get()));
}

/// Gives a default a sweep of its own, which need not run when there are data.
void SweepFormer::storeDefault(InputOp input) {
  if (Value initial = input.getInitial(); initial && isComputed(initial))
    input.getInitialMutable().assign(makeSweep(input, initial));
}

/// Stores the fields that a loop's body reads from outside, so that they are
/// computed once.
void SweepFormer::storeCaptures(Operation *loop) {
  Values values;
  Region &body = loop->getRegion(0);
  body.walk([&](Operation *inner) {
    for (Value operand : inner->getOperands())
      if (isComputed(operand) && !isCheap(operand) &&
          operand.getParentRegion()->isProperAncestor(&body))
        values.insert(operand);
  });
  storeBefore(loop, values);
  for (Value value : values)
    value.replaceUsesWithIf(stored.lookup(value), [&](OpOperand &use) {
      return loop->isProperAncestor(use.getOwner());
    });
}

void SweepFormer::run(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(block)) {
    if (isLoop(&op)) {
      storeCaptures(&op);
      llvm::DenseMap<Value, Value> before = stored;
      run(op.getRegion(0).front());
      stored = std::move(before);
    }
    if (auto input = dyn_cast<InputOp>(op))
      storeDefault(input);
    else if (readsStored(&op))
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
      SweepFormer().run(program.getBody().front());
    eraseComputations(getOperation());
  }
};
} // namespace

} // namespace pdec::kernel
