//===- DropUnread.cpp - what nothing reads is not computed ----------------===//

#include "compiler/pde/Passes.h"
#include "compiler/pde/PdeDialect.h"

#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace pdec::pde {

#define GEN_PASS_DEF_DROPUNREAD
#include "compiler/pde/Passes.h.inc"

/// Whether an operation does more than to make its results: a loop that must
/// converge fails the run if it does not.
static bool hasEffect(Operation &op) {
  if (auto fixpoint = dyn_cast<FixpointOp>(op))
    if (!fixpoint.getAccept())
      return true;
  if (!isa<LoopLikeOpInterface>(op))
    return !isMemoryEffectFree(&op);
  return llvm::any_of(op.getRegion(0).front().without_terminator(), hasEffect);
}

namespace {

/// A loop and which of the values that it carries are read.
class CarriedValues {
public:
  explicit CarriedValues(LoopLikeOpInterface loop)
      : loop(loop), body(loop->getRegion(0).front()),
        isRead(loop->getNumResults(), false) {}

  /// Makes a loop without the others; false if there are none.
  bool drop();

private:
  LoopLikeOpInterface loop;
  Block &body;
  std::vector<bool> isRead;
  llvm::SetVector<Value> needed;

  /// What a terminator has besides what it hands on.
  OperandRange ownOperands() {
    return body.getTerminator()->getOperands().drop_back(isRead.size());
  }
  void need(Operation &op);
  void findRead();
  void markRead();
};

} // namespace

/// All that an operation and those in it use.
void CarriedValues::need(Operation &op) {
  op.walk([&](Operation *inner) {
    needed.insert(inner->operand_begin(), inner->operand_end());
  });
}

/// Follows from what is needed to what it is made of.
void CarriedValues::markRead() {
  for (size_t done = 0; done < needed.size(); ++done) {
    Value value = needed[done];
    if (Operation *op = value.getDefiningOp()) {
      if (loop->isProperAncestor(op))
        need(*op);
      continue;
    }
    auto carried = loop.getRegionIterArgs();
    auto *argument = llvm::find(carried, value);
    if (argument == carried.end())
      continue;
    unsigned i = argument - carried.begin();
    isRead[i] = true;
    needed.insert(loop.getYieldedValues()[i]);
  }
}

void CarriedValues::findRead() {
  needed.insert(ownOperands().begin(), ownOperands().end());
  for (Operation &op : body.without_terminator())
    if (hasEffect(op))
      need(op);
  for (unsigned i = 0; i < isRead.size(); ++i)
    if (!loop->getResult(i).use_empty()) {
      isRead[i] = true;
      needed.insert(loop.getYieldedValues()[i]);
    }
  markRead();
}

/// Operations that made what is gone.
static void eraseUnused(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
    if (op.use_empty() && !op.hasTrait<OpTrait::IsTerminator>() &&
        !hasEffect(op))
      op.erase();
}

bool CarriedValues::drop() {
  findRead();
  if (!isRead.empty() && llvm::none_of(isRead, [](bool read) { return read; }))
    isRead[0] = true; // a loop that is there for its effects
  if (llvm::all_of(isRead, [](bool read) { return read; }))
    return false;
  unsigned fixed = loop->getNumOperands() - loop.getInits().size();
  OperationState state(loop->getLoc(), loop->getName());
  state.addAttributes(loop->getAttrs());
  state.addOperands(loop->getOperands().take_front(fixed));
  Operation *end = body.getTerminator();
  unsigned own = ownOperands().size();
  llvm::BitVector unreadArguments(isRead.size() + 1);
  llvm::BitVector unreadYields(end->getNumOperands());
  for (unsigned i = 0; i < isRead.size(); ++i)
    if (isRead[i]) {
      state.addOperands(loop->getOperand(fixed + i));
      state.addTypes(loop->getResult(i).getType());
    } else {
      unreadArguments.set(i + 1);
      unreadYields.set(own + i);
    }
  end->eraseOperands(unreadYields);
  eraseUnused(body);
  body.eraseArguments(unreadArguments);
  state.addRegion()->takeBody(loop->getRegion(0));
  Operation *made = OpBuilder(loop).create(state);
  for (unsigned i = 0, kept = 0; i < isRead.size(); ++i)
    if (isRead[i])
      loop->getResult(i).replaceAllUsesWith(made->getResult(kept++));
  loop->erase();
  return true;
}

/// One loop at a time, since that may make others unread. Loops of other
/// dialects end in ways of their own.
static bool dropOne(Operation *root) {
  auto result = root->walk([](LoopLikeOpInterface loop) {
    if (isa<PdeDialect>(loop->getDialect()) && CarriedValues(loop).drop())
      return WalkResult::interrupt();
    return WalkResult::advance();
  });
  return result.wasInterrupted();
}

namespace {
struct DropUnreadPass : impl::DropUnreadBase<DropUnreadPass> {
  void runOnOperation() override {
    while (dropOne(getOperation())) {
    }
  }
};
} // namespace

} // namespace pdec::pde
