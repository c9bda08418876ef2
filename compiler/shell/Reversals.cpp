//===- Reversals.cpp - going back through the passes of loops -------------===//
//
// The runtime says in which stages: each restores a state, makes passes from
// it, keeps what these lead to, and goes back through one pass. All parts of a
// stage are there in each of them, as loops of maybe no pass and calls that may
// do nothing, so that memory has the same owners whatever a stage does.
//
//===----------------------------------------------------------------------===//

#include "compiler/shell/Shell.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::shell {

/// Memory for a number of a state, in the function's frame.
Value Shell::scalarSlot(Location loc, Value part) {
  Value &slot = scalarSlots[part];
  if (slot)
    return slot;
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(context.getParentBlock());
  return slot = builder.create<LLVM::AllocaOp>(
             loc, pointer(), builder.getI64Type(), index(loc, 1), 8);
}

Value Shell::beginReversal(ReversalOpInterface op) {
  Location loc = op.getLoc();
  Value bytes = index(loc, 0);
  for (Value part : op.getStates()) {
    Value more = isField(part) ? bytesOf(loc, part) : index(loc, 8);
    bytes = builder.create<arith::AddIOp>(loc, bytes, more);
  }
  return call(loc, "pde_reversal_begin",
              {context, mapping.lookup(op.getCount()), bytes});
}

SmallVector<Value> Shell::restoreState(Location loc, ValueRange parts,
                                       Value reversal, ValueRange state) {
  SmallVector<Value> restored;
  for (auto [i, part, given] : llvm::enumerate(parts, state)) {
    if (isField(part)) {
      restored.push_back(restorePart(loc, reversal, i, part, given));
      continue;
    }
    Value slot = scalarSlot(loc, part);
    builder.create<LLVM::StoreOp>(loc, given, slot);
    call(loc, "pde_reversal_restore",
         {context, reversal, small(loc, i), slot, index(loc, 8)});
    restored.push_back(
        builder.create<LLVM::LoadOp>(loc, given.getType(), slot));
  }
  return restored;
}

void Shell::keepState(Location loc, ValueRange parts, Value reversal,
                      ValueRange state) {
  for (auto [i, part, given] : llvm::enumerate(parts, state)) {
    if (isField(part)) {
      keepPart(loc, reversal, i, part, given);
      continue;
    }
    Value slot = scalarSlot(loc, part);
    builder.create<LLVM::StoreOp>(loc, given, slot);
    call(loc, "pde_reversal_keep",
         {context, reversal, small(loc, i), slot, index(loc, 8)});
  }
}

/// Makes passes from a state, which it lets go of.
SmallVector<Value> Shell::replay(ReversalOpInterface op, Value first,
                                 Value passes, ValueRange state) {
  Block &body = op->getRegion(0).front();
  mapping.map(body.getArgument(0), first);
  mapping.map(body.getArgument(1), passes);
  mapping.map(body.getArguments().drop_front(2), state);
  llvm::SaveAndRestore again(isReplaying, true);
  lowerBlock(body);
  return handOnAll(body, body.getTerminator()->getOperands());
}

SmallVector<Value> Shell::goBack(ReversalOpInterface op, Value reversal,
                                 Value pass, ValueRange state,
                                 ValueRange carried) {
  Location loc = op.getLoc();
  Block &body = op->getRegion(1).front();
  auto arguments = body.getArguments();
  for (Value argument : arguments.slice(1, state.size()))
    disown(argument);
  mapping.map(arguments.slice(1, state.size()), state);
  Value times = call(loc, "pde_reversal_back", {context, reversal});
  auto loop = builder.create<scf::ForOp>(loc, index(loc, 0), times,
                                         index(loc, 1), carried);
  enterLoop(loop);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(loop.getBody());
    mapping.map(arguments[0], pass);
    mapping.map(arguments.drop_front(1 + state.size()),
                loop.getRegionIterArgs());
    lowerBlock(body);
    SmallVector<Value> next =
        handOnAll(body, body.getTerminator()->getOperands());
    endPass();
    builder.create<scf::YieldOp>(loc, next);
  }
  leaveLoop();
  return SmallVector<Value>(loop.getResults());
}

void Shell::goOnWhile(Location loc, StringRef isThereMore, Value reversal,
                      ValueRange carried) {
  Value goesOn = builder.create<arith::CmpIOp>(
      loc, arith::CmpIPredicate::ne,
      call(loc, isThereMore, {context, reversal}), small(loc, 0));
  builder.create<scf::ConditionOp>(loc, goesOn, carried);
}

void Shell::lowerReversal(ReversalOpInterface op) {
  Location loc = op.getLoc();
  size_t numStates = op.getStates().size();
  Value reversal = beginReversal(op);
  SmallVector<Value> inits = ownInits(op, op.getStates());
  inits.append(ownInits(op, op.getInits()));
  auto goesOn = [&](ValueRange carried) {
    goOnWhile(loc, "pde_reversal_next", reversal, carried);
  };
  ValueRange left = makeWhile(loc, inits, goesOn, [&](ValueRange arguments) {
    SmallVector<Value> state = restoreState(loc, op.getStates(), reversal,
                                            arguments.take_front(numStates));
    Value first = call(loc, "pde_reversal_first", {context, reversal});
    Value passes = call(loc, "pde_reversal_passes", {context, reversal});
    state = replay(op, first, passes, state);
    keepState(loc, op.getStates(), reversal, state);
    Value pass = builder.create<arith::AddIOp>(loc, first, passes);
    SmallVector<Value> next = state;
    next.append(
        goBack(op, reversal, pass, state, arguments.drop_front(numStates)));
    return next;
  });
  // The state that is left, under a name of its own.
  Block &body = op->getRegion(0).front();
  for (auto [part, value] :
       llvm::zip(body.getArguments().drop_front(2), left)) {
    mapping.map(part, value);
    if (isField(part))
      release(loc, part);
  }
  mapping.map(op->getResults(), left.drop_front(numStates));
}

} // namespace pdec::shell
