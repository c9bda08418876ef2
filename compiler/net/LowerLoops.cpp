//===- LowerLoops.cpp - repeated and recurrent blocks as loops ------------===//
//
// A loop owns the tensors that it carries: each pass gets its own share of what
// it starts from, and lets go of it at its end. So memory does not grow with
// the number of passes.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/LayerLowering.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;

namespace pdec::net {

/// One more owner of a tensor; scalars are copied anyway.
Value LayerLowering::share(Value value) {
  Value handle = mapping.lookup(value);
  return isTensor(value)
             ? call(value.getLoc(), "pde_tensor_share", {context, handle})
             : handle;
}

SmallVector<Value> LayerLowering::shareAll(ValueRange values) {
  return llvm::map_to_vector(values, [&](Value value) { return share(value); });
}

/// Lowers a pass at the builder's place; what it hands on has an owner of its
/// own, the next pass. What this one still owns goes.
SmallVector<Value> LayerLowering::lowerBody(Block &body, Value pass,
                                            ValueRange carried,
                                            ValueRange handedOn) {
  mapping.map(body.getArgument(0), pass);
  mapping.map(body.getArguments().drop_front(), carried);
  lowerBlock(body);
  SmallVector<Value> next = shareAll(handedOn);
  Operation *end = body.getTerminator();
  releaseAfter(*end);
  for (Value argument : body.getArguments())
    if (isTensor(argument) && !released.count(argument))
      release(end->getLoc(), argument);
  return next;
}

void LayerLowering::lowerRepeat(RepeatOp op) {
  Location loc = op.getLoc();
  SmallVector<Value> inits = shareAll(op.getInits());
  Value count = mapping.lookup(op.getCount());
  auto loop = builder.create<scf::ForOp>(loc, index(loc, 0), count,
                                         index(loc, 1), inits);
  mapping.map(op.getResults(), loop.getResults());
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  Block &body = op.getBody().front();
  SmallVector<Value> next =
      lowerBody(body, loop.getInductionVar(), loop.getRegionIterArgs(),
                body.getTerminator()->getOperands());
  if (op.getEvolution()) {
    Value done = builder.create<arith::AddIOp>(loc, loop.getInductionVar(),
                                               index(loc, 1));
    call(loc, "pde_progress", {context, done, count});
  }
  builder.create<scf::YieldOp>(loc, next);
}

/// What a recurrent cell's loop carries before the cell's own values: passes
/// made, whether the last one ended the loop, and what was compared for that.
static constexpr unsigned stateValues = 4;

/// Goes on while there are passes left and the condition does not hold.
void LayerLowering::lowerCondition(RecurOp op, ValueRange state) {
  Location loc = op.getLoc();
  Value isLeft = builder.create<arith::CmpIOp>(
      loc, arith::CmpIPredicate::slt, state[0], mapping.lookup(op.getMax()));
  Value isOpen = builder.create<arith::XOrIOp>(
      loc, state[1], constant(loc, builder.getBoolAttr(true)));
  Value goesOn = builder.create<arith::AndIOp>(loc, isLeft, isOpen);
  builder.create<scf::ConditionOp>(loc, goesOn, state);
}

void LayerLowering::lowerPass(RecurOp op, ValueRange state) {
  Location loc = op.getLoc();
  Block &body = op.getBody().front();
  auto until = cast<UntilOp>(body.getTerminator());
  SmallVector<Value> carried = lowerBody(
      body, state[0], state.drop_front(stateValues), until.getValues());
  Value pass = builder.create<arith::AddIOp>(loc, state[0], index(loc, 1));
  Value value = mapping.lookup(until.getValue());
  Value bound = mapping.lookup(until.getBound());
  call(loc, "pde_note_iteration",
       {context, small(loc, op.getLoop()), pass, value, bound});
  SmallVector<Value> next = {pass, mapping.lookup(until.getDone()), value,
                             bound};
  llvm::append_range(next, carried);
  builder.create<scf::YieldOp>(loc, next);
}

/// Fails the run if a cell used up its passes.
void LayerLowering::failUnlessDone(RecurOp op, ValueRange state) {
  Location loc = op.getLoc();
  Value isOpen = builder.create<arith::XOrIOp>(
      loc, state[1], constant(loc, builder.getBoolAttr(true)));
  auto failure = builder.create<scf::IfOp>(loc, isOpen);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(failure.thenBlock());
  call(loc, "pde_fail_convergence",
       {context, small(loc, op.getLoop()), state[0], state[2], state[3]});
}

void LayerLowering::lowerRecur(RecurOp op) {
  Location loc = op.getLoc();
  Value zero = number(loc, 0);
  SmallVector<Value> inits = {
      index(loc, 0), constant(loc, builder.getBoolAttr(false)), zero, zero};
  llvm::append_range(inits, shareAll(op.getInits()));
  SmallVector<Type> types(ValueRange(inits).getTypes());
  SmallVector<Location> places(types.size(), loc);
  auto loop = builder.create<scf::WhileOp>(loc, types, inits);
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.createBlock(&loop.getBefore(), {}, types, places);
    lowerCondition(op, loop.getBeforeArguments());
    builder.createBlock(&loop.getAfter(), {}, types, places);
    lowerPass(op, loop.getAfterArguments());
  }
  mapping.map(op.getResults(), loop.getResults().drop_front(stateValues));
  if (!op.getAccept())
    failUnlessDone(op, loop.getResults());
}

} // namespace pdec::net
