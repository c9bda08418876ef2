//===- LowerReversals.cpp - states where they are made --------------------===//
//
// Where a pass of a loop is one call, the runtime lends the memory of states,
// so that a call writes where the state is kept and reads it from there:
// nothing is copied. And then the loop's own run makes the states that are
// kept, if it is followed by its reversal, which has the rest to do.
//
//===----------------------------------------------------------------------===//

#include "compiler/kernel/Lowering.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

//===----------------------------------------------------------------------===//
// Which loops
//===----------------------------------------------------------------------===//

/// What a loop's body is nothing but, if that makes all that the loop carries.
static CallOp onlyCall(StepsOp steps) {
  Block &body = steps.getBody().front();
  auto call = dyn_cast<CallOp>(body.front());
  bool isAll =
      call && call->getNextNode() == body.getTerminator() &&
      llvm::equal(body.getTerminator()->getOperands(), call.getResults());
  return isAll ? call : CallOp();
}

/// Whether a call that makes states again reads nothing that only the loops
/// around it know.
static bool isSelfContained(CallOp call, Block &replay) {
  return llvm::all_of(call.getOperands(), [&](Value operand) {
    Block *block = operand.getParentBlock();
    if (block == &replay)
      return isa<BlockArgument>(operand) && isa<IntegerType>(operand.getType());
    return block == call->getBlock() ||
           !replay.getParent()->isAncestor(block->getParent());
  });
}

/// The calls that make the states of a reversal: of several passes and of one
/// (pde-plan-sweeps makes a loop for each), or of one only. None if there is
/// more to it.
std::optional<Lowering::ReplayCalls> Lowering::callsOf(ReverseOp reversal) {
  Block &replay = reversal.getReplay().front();
  if (!llvm::all_of(reversal.getStates(),
                    [&](Value state) { return isField(state); }))
    return std::nullopt;
  ReplayCalls calls;
  SmallVector<Value> made(replay.getArguments().drop_front(2));
  for (Operation &op : replay.without_terminator()) {
    if (isa<arith::ArithDialect>(op.getDialect()))
      continue;
    auto steps = dyn_cast<StepsOp>(op);
    CallOp call = steps ? onlyCall(steps) : CallOp();
    if (!call || !isSelfContained(call, replay) ||
        !llvm::equal(steps.getInits(), made))
      return std::nullopt;
    (call.getTile().takesSteps() ? calls.several : calls.once) = call;
    made.assign(steps->result_begin(), steps->result_end());
  }
  if (!llvm::equal(replay.getTerminator()->getOperands(), made) ||
      (!calls.several && !calls.once))
    return std::nullopt;
  return calls;
}

/// Whether two calls in loops' bodies do the same.
static bool doSame(CallOp a, CallOp b) {
  if (!a || !b || a.getCallee() != b.getCallee() ||
      a.getNumOperands() != b.getNumOperands())
    return false;
  return llvm::all_of(llvm::zip(a.getOperands(), b.getOperands()),
                      [&](auto pair) {
                        auto [one, other] = pair;
                        if (one.getParentBlock() != a->getBlock())
                          return one == other;
                        return other.getParentBlock() == b->getBlock() &&
                               cast<BlockArgument>(one).getArgNumber() ==
                                   cast<BlockArgument>(other).getArgNumber();
                      });
}

/// The reversal that follows a loop and goes back through its passes, with no
/// other in between, which would have to share memory with it; or null.
ReverseOp Lowering::reversalBehind(StepsOp steps) {
  for (Operation *op = steps->getNextNode(); op; op = op->getNextNode()) {
    if (auto reversal = dyn_cast<ReverseOp>(op)) {
      auto calls = callsOf(reversal);
      CallOp own = onlyCall(steps);
      bool isSame = calls && reversal.getCount() == steps.getCount() &&
                    llvm::equal(reversal.getStates(), steps.getInits()) &&
                    (doSame(own, calls->several) || doSame(own, calls->once));
      return isSame ? reversal : ReverseOp();
    }
    auto inner = op->walk([](ReverseOp) { return WalkResult::interrupt(); });
    if (inner.wasInterrupted())
      return {};
  }
  return {};
}

//===----------------------------------------------------------------------===//
// Passes
//===----------------------------------------------------------------------===//

/// Begins a reversal whose states lie where they are made.
Value Lowering::beginLending(ReverseOp op) {
  Location loc = op.getLoc();
  Value reversal = beginReversal(op);
  for (auto [part, state] : llvm::enumerate(op.getStates()))
    call(loc, "pde_reversal_start",
         {context, reversal, small(loc, part), mapping.lookup(state)});
  return reversal;
}

/// Where the state lies that there is.
SmallVector<Value> Lowering::sourcesOf(ReverseOp op, Value reversal) {
  return llvm::map_to_vector(
      llvm::seq<int>(0, op.getStates().size()), [&](int part) {
        return call(op.getLoc(), "pde_reversal_source",
                    {context, reversal, small(op.getLoc(), part)});
      });
}

/// Makes `now` passes, of which `done` of a stage's are made.
void Lowering::makePasses(CallOp op, Value done, Value now, ValueRange sources,
                          ValueRange targets) {
  Location loc = op.getLoc();
  bool takesSteps = op.getTile().takesSteps();
  if (!takesSteps) {
    Block *body = op->getBlock();
    mapping.map(body->getArgument(0), done);
    mapping.map(body->getArguments().drop_front(), sources);
  }
  Call prepared = prepareCall(op);
  if (takesSteps) {
    setArgument(loc, prepared.closure, prepared.arguments.firstStep(), done);
    setArgument(loc, prepared.closure, prepared.arguments.steps(), now);
    setPointers(loc, prepared, prepared.arguments.current(), sources);
  }
  setPointers(loc, prepared, prepared.arguments.target(), targets);
  runTiles(loc, prepared);
}

/// Makes so many passes of a stage, all or none, by calls of `op`.
void Lowering::makeStage(ReverseOp op, CallOp of, Value reversal,
                         Value passes) {
  Location loc = op.getLoc();
  int64_t steps = std::max<int64_t>(of.getTile().getSteps(), 1);
  Value most = index(loc, steps);
  auto loop = builder.create<scf::ForOp>(loc, index(loc, 0), passes, most);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(loop.getBody());
  Value done = loop.getInductionVar();
  Value left = builder.create<arith::SubIOp>(loc, passes, done);
  Value now = builder.create<arith::MinSIOp>(loc, left, most);
  Value isLast = builder.create<arith::ExtUIOp>(
      loc, builder.getI32Type(),
      builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::sle, left,
                                    most));
  SmallVector<Value> targets;
  for (auto [part, state] : llvm::enumerate(op.getStates()))
    targets.push_back(call(
        loc, "pde_reversal_target",
        {context, reversal, small(loc, part), bytesOf(loc, state), isLast}));
  makePasses(of, done, now, sourcesOf(op, reversal), targets);
  call(loc, "pde_reversal_made", {context, reversal});
}

/// Makes the passes of a stage, and says which pass comes next.
Value Lowering::makeStage(ReverseOp op, const ReplayCalls &calls,
                          Value reversal) {
  Location loc = op.getLoc();
  Value first = call(loc, "pde_reversal_first", {context, reversal});
  Value passes = call(loc, "pde_reversal_passes", {context, reversal});
  Block &replay = op.getReplay().front();
  mapping.map(replay.getArgument(0), first);
  mapping.map(replay.getArgument(1), passes);
  Value none = index(loc, 0), isOne;
  if (calls.several && calls.once)
    isOne = builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq, passes,
                                          index(loc, 1));
  auto where = [&](Value one, Value other) -> Value {
    return isOne ? builder.create<arith::SelectOp>(loc, isOne, one, other)
                 : passes;
  };
  if (calls.several)
    makeStage(op, calls.several, reversal, where(none, passes));
  if (calls.once)
    makeStage(op, calls.once, reversal, where(passes, none));
  return builder.create<arith::AddIOp>(loc, first, passes);
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

bool Lowering::lowerReverse(ReverseOp op) {
  auto calls = callsOf(op);
  if (!calls)
    return false;
  Location loc = op.getLoc();
  Value begun = led.lookup(op);
  Value reversal = begun ? begun : beginLending(op);
  auto goesOn = [&](ValueRange carried) {
    goOnWhile(loc, "pde_reversal_next", reversal, carried);
  };
  auto goBackOnce = [&](ValueRange carried) {
    Value pass = makeStage(op, *calls, reversal);
    return goBack(op, reversal, pass, sourcesOf(op, reversal), carried);
  };
  mapping.map(op->getResults(),
              makeWhile(loc, ownInits(op, op.getInits()), goesOn, goBackOnce));
  return true;
}

/// The stages that lead to the state before the last pass, and that pass, which
/// writes what the loop has given.
void Lowering::lead(StepsOp steps, ReverseOp op, Value count, Value isLed) {
  Location loc = steps.getLoc();
  ReplayCalls calls = *callsOf(op);
  Value reversal = led[op];
  auto climbs = [&](ValueRange carried) {
    goOnWhile(loc, "pde_reversal_climb", reversal, carried);
  };
  makeWhile(loc, {}, climbs, [&](ValueRange) {
    Value done = makeStage(op, calls, reversal);
    if (steps.getEvolution())
      tellProgress(loc, done, count);
    return SmallVector<Value>();
  });
  Value isAny = builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::sgt,
                                              count, index(loc, 0));
  auto last = builder.create<scf::IfOp>(
      loc, builder.create<arith::AndIOp>(loc, isAny, isLed));
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(last.thenBlock());
  Block &replay = op.getReplay().front();
  mapping.map(replay.getArgument(0),
              builder.create<arith::SubIOp>(loc, count, index(loc, 1)));
  mapping.map(replay.getArgument(1), index(loc, 1));
  SmallVector<Value> targets = llvm::map_to_vector(
      steps.getResults(), [&](Value result) { return mapping.lookup(result); });
  makePasses(calls.once ? calls.once : calls.several, index(loc, 0),
             index(loc, 1), sourcesOf(op, reversal), targets);
  if (steps.getEvolution())
    tellProgress(loc, count, count);
}

/// A loop whose run makes the states that its reversal keeps. Where it is
/// followed step by step it runs as ever, else it makes no pass as such.
bool Lowering::lowerLeading(StepsOp steps) {
  ReverseOp reversal = reversalBehind(steps);
  if (!reversal)
    return false;
  Location loc = steps.getLoc();
  Value count = mapping.lookup(steps.getCount());
  Value isLed = builder.create<arith::CmpIOp>(
      loc, arith::CmpIPredicate::ne, call(loc, "pde_reversal_leads", {context}),
      small(loc, 0));
  Value none = index(loc, 0);
  led[reversal] = beginLending(reversal);
  mapping.map(steps.getCount(),
              builder.create<arith::SelectOp>(loc, isLed, none, count));
  if (!lowerSteps(steps))
    lowerCounted(steps);
  mapping.map(steps.getCount(), count);
  lead(steps, reversal, count, isLed);
  if (steps.getEvolution())
    countWork(steps, builder.create<arith::SelectOp>(loc, isLed, count, none));
  return true;
}

} // namespace pdec::kernel
