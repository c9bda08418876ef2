//===- FormSweeps.cpp - gather field operations into sweeps ---------------===//

#include "compiler/kernel/IsolatedRegion.h"
#include "compiler/kernel/Passes.h"
#include "compiler/pde/PdeDialect.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace pdec::kernel {

#define GEN_PASS_DEF_FORMSWEEPS
#include "compiler/kernel/Passes.h.inc"

using namespace pde;

/// Whether an operation is to be part of a sweep.
static bool isFieldOp(Operation *op) {
  return isa_and_nonnull<FieldOpInterface>(op);
}

/// Whether an operation reads whole fields from memory, if it reads any.
static bool readsStored(Operation *op) {
  auto field = dyn_cast<FieldOpInterface>(op);
  return !field || field.isTransfer();
}

/// True of a value that is computed by field operations, not stored.
static bool isComputed(Value value) { return isFieldOp(value.getDefiningOp()); }

/// Fields that one sweep gives to reductions: each has memory.
static constexpr size_t mostTogether = 8;

static bool isLoop(Operation *op) {
  return isa<LoopLikeOpInterface, ReverseOp>(op);
}

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

  ValueRange makeSweep(Operation *op, ArrayRef<Value> values);
  void storeBefore(Operation *op, const Values &values);
  void addLaterReads(Block *block, Value value, Values &values,
                     llvm::DenseSet<Value> &seen);
  bool isKnownAt(Operation *op, Value value);
  void addOtherReductions(ReduceOp op, Values &values);
  void storeOperands(Operation *op);
  void storeDefault(InputOp input);
  void storeCaptures(Region &body);
};

} // namespace

/// Makes one sweep before `op` that computes these values, all of one grid,
/// from stored fields, and returns its results in their order.
ValueRange SweepFormer::makeSweep(Operation *op, ArrayRef<Value> values) {
  IsolatedRegion region(op->getContext(), [&](Value value) {
    if (Value memory = stored.lookup(value))
      return memory;
    bool isInside = isComputed(value) || value.getDefiningOp<StencilOp>();
    return isInside ? Value() : value;
  });
  for (Value value : values)
    region.bring(value);
  OpBuilder builder(op);
  auto sweep = builder.create<SweepOp>(values.front().getLoc(),
                                       ValueRange(values).getTypes(),
                                       region.getOperands());
  region.finish<YieldOp>(sweep.getLoc(), values, sweep.getBody());
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
  auto op = value.getDefiningOp<FieldOpInterface>();
  if (!op.isTransfer())
    for (Value field : op.getReads())
      addLaterReads(block, field, values, seen);
}

/// Whether all that a value is computed from is there where `op` is.
bool SweepFormer::isKnownAt(Operation *op, Value value) {
  llvm::SetVector<Value> sources;
  sources.insert(value);
  for (size_t done = 0; done < sources.size(); ++done) {
    Operation *made = sources[done].getDefiningOp();
    if (!made || stored.count(sources[done]) ||
        made->getBlock() != op->getBlock())
      continue;
    // What transfers between grids read is stored where they stand.
    bool isInSweep = isa<StencilOp>(made) ||
                     (isComputed(sources[done]) && !readsStored(made));
    if (isInSweep)
      made->walk([&](Operation *inner) {
        sources.insert(inner->operand_begin(), inner->operand_end());
      });
    else if (!made->isBeforeInBlock(op))
      return false;
  }
  return true;
}

/// Adds what further reductions read and might as well be computed now: parts
/// of a gradient with respect to weights have most of what they are made of in
/// common. Behind a loop it would only need memory for longer.
void SweepFormer::addOtherReductions(ReduceOp op, Values &values) {
  for (Operation *next = op->getNextNode(); next && !isLoop(next);
       next = next->getNextNode()) {
    auto other = dyn_cast<ReduceOp>(next);
    if (!other)
      continue;
    for (Value field : other.getFields()) {
      if (values.size() >= mostTogether)
        return;
      if (isComputed(field) && !stored.count(field) &&
          field.getType() == op.getFields().front().getType() &&
          isKnownAt(op, field))
        values.insert(field);
    }
  }
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
  if (auto reduce = dyn_cast<ReduceOp>(op);
      reduce &&
      llvm::any_of(values, [&](Value value) { return !stored.count(value); }))
    addOtherReductions(reduce, values);
  storeBefore(op, values);
  for (OpOperand &operand : op->getOpOperands())
    if (isComputed(operand.get()))
      operand.set(stored.lookup(operand.get()));
}

/// Gives a default a sweep of its own, which need not run when there are data.
void SweepFormer::storeDefault(InputOp input) {
  Value initial = input.getInitial();
  if (!initial || !isComputed(initial))
    return;
  Value memory = stored.lookup(initial);
  input.getInitialMutable().assign(memory ? memory
                                          : makeSweep(input, initial).front());
}

/// Stores the fields that a loop's body reads from outside, so that they are
/// computed once.
void SweepFormer::storeCaptures(Region &body) {
  Values values;
  body.walk([&](Operation *inner) {
    for (Value operand : inner->getOperands())
      if (isComputed(operand) && !isCheap(operand) &&
          operand.getParentRegion()->isProperAncestor(&body))
        values.insert(operand);
  });
  storeBefore(body.getParentOp(), values);
  for (Value value : values)
    value.replaceUsesWithIf(stored.lookup(value), [&](OpOperand &use) {
      return body.isAncestor(use.getOwner()->getParentRegion());
    });
}

void SweepFormer::run(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(block)) {
    for (Region &body :
         isLoop(&op) ? op.getRegions() : MutableArrayRef<Region>()) {
      storeCaptures(body);
      llvm::DenseMap<Value, Value> before = stored;
      run(body.front());
      stored = std::move(before);
    }
    if (auto input = dyn_cast<InputOp>(op))
      storeDefault(input);
    else if (readsStored(&op))
      storeOperands(&op);
  }
}

/// Removes what only sweeps, which have clones, used: field operations, their
/// stencils and constants.
static void eraseComputations(ModuleOp module) {
  SmallVector<Operation *> operations;
  module.walk([&](Operation *op) {
    bool isCloned = isFieldOp(op) || isa<StencilOp>(op) ||
                    op->hasTrait<OpTrait::ConstantLike>();
    if (isCloned && !isa<SweepOp, MapOp>(op->getParentOp()))
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
