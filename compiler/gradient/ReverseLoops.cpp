//===- ReverseLoops.cpp - back through loops ------------------------------===//
//
// A loop with a count is gone back through pass by pass, each with its state
// (pde.reverse). So is one with a condition, which has counted its passes. But
// the result of one that makes the same of every state, and ends where that
// changes it no more, is a fixed point, whatever the way to it was: by the
// implicit function theorem its derivative is found by another iteration, which
// converges as fast and needs no state but the last.
//
//===----------------------------------------------------------------------===//

#include "compiler/gradient/Loops.h"
#include "compiler/gradient/Reverse.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

namespace {

/// The body of a loop that goes back through the passes of another one.
class BackBody {
public:
  BackBody(Operation *loop, const Activity &activity, bool isAgain)
      : loop(cast<LoopLikeOpInterface>(loop)), body(loop->getRegion(0).front()),
        activity(activity), isAgain(isAgain) {}

  /// Makes it where the builder stands, for cotangents of what varies. False
  /// after a failure.
  bool make(OpBuilder &builder, Value count);
  /// Moves it to where it belongs.
  void moveTo(Region &region) {
    region.getBlocks().splice(region.end(), holder.getBody().getBlocks());
    holder.erase();
  }

  LoopLikeOpInterface loop;
  Block &body;
  Activity activity;
  bool isAgain;
  Block *made = nullptr;
  SmallVector<unsigned> varied;  ///< which of the carried values
  SmallVector<Value> captured;   ///< values from around it that have a share
  SmallVector<bool> isStateRead; ///< of the carried values
  std::unique_ptr<Reverse> reverse;

  Value stateOf(unsigned i) { return made->getArgument(1 + i); }
  size_t numCarried() const { return loop->getNumResults(); }

private:
  StepsOp holder; ///< of the block until all is known
  SmallVector<Value> yields;
};

} // namespace

/// Operations that nothing reads, from the last to the first. Loops among them
/// have run before, so they would not fail.
static void eraseUnread(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
    if (!op.hasTrait<OpTrait::IsTerminator>() && op.use_empty())
      op.erase();
}

bool BackBody::make(OpBuilder &builder, Value count) {
  OpBuilder::InsertionGuard guard(builder);
  Location loc = loop.getLoc();
  holder = builder.create<StepsOp>(loc, TypeRange(), count, ValueRange(),
                                   /*evolution=*/false);
  made = builder.createBlock(&holder.getBody());
  auto arguments = loop.getRegionIterArgs();
  made->addArgument(builder.getI64Type(), loc);
  for (Value argument : arguments)
    made->addArgument(argument.getType(), loc);
  for (auto [i, argument] : llvm::enumerate(arguments))
    if (activity.isVaried(argument))
      varied.push_back(i);
  IRMapping mapping;
  mapping.map(body.getArguments(), made->getArguments());
  SmallVector<Operation *> pass = clonePass(builder, body, mapping);
  for (unsigned i : varied)
    activity.add(stateOf(i));
  for (Operation *op : pass)
    activity.follow(*op);
  reverse = std::make_unique<Reverse>(builder, activity, isAgain);
  for (unsigned i : varied) {
    Value yielded = mapping.lookupOrDefault(loop.getYieldedValues()[i]);
    reverse->add(yielded, made->addArgument(arguments[i].getType(), loc));
  }
  for (Operation *op : llvm::reverse(pass))
    if (!reverse->goBack(*op))
      return false;
  for (unsigned i : varied)
    yields.push_back(reverse->cotangentOrZero(stateOf(i), loc));
  for (auto [of, share] : reverse->all()) {
    if (of.getParentBlock() == made)
      continue;
    captured.push_back(of);
    Value before = made->addArgument(share.getType(), loc);
    yields.push_back(Fields(builder, loc).add(before, share));
  }
  builder.create<YieldOp>(loc, yields);
  eraseUnread(*made);
  for (unsigned i = 0; i < numCarried(); ++i)
    isStateRead.push_back(!stateOf(i).use_empty());
  return true;
}

namespace {

/// What a loop must carry to make some of its values as they are.
struct Kept {
  Kept(LoopLikeOpInterface loop, ArrayRef<bool> wanted);

  SmallVector<unsigned> carried;
  llvm::SetVector<Value> needed; ///< all that these are made of
};

} // namespace

Kept::Kept(LoopLikeOpInterface loop, ArrayRef<bool> wanted) {
  auto arguments = loop.getRegionIterArgs();
  SmallVector<bool> isNeeded(wanted);
  for (auto [i, want] : llvm::enumerate(wanted))
    if (want)
      needed.insert(loop.getYieldedValues()[i]);
  addSources(loop, needed, [&](Value value) {
    auto *found = llvm::find(arguments, value);
    if (found == arguments.end())
      return;
    isNeeded[found - arguments.begin()] = true;
    needed.insert(loop.getYieldedValues()[found - arguments.begin()]);
  });
  for (auto [i, isIt] : llvm::enumerate(isNeeded))
    if (isIt)
      carried.push_back(i);
}

/// Fills the region that makes states again: a loop like the first one.
static void makeReplay(Region &region, LoopLikeOpInterface loop,
                       const Kept &kept) {
  Location loc = loop.getLoc();
  OpBuilder builder(loop.getContext());
  Block *block = builder.createBlock(&region);
  Value first = block->addArgument(builder.getI64Type(), loc);
  Value passes = block->addArgument(builder.getI64Type(), loc);
  auto arguments = loop.getRegionIterArgs();
  SmallVector<Value> states;
  for (unsigned i : kept.carried)
    states.push_back(block->addArgument(arguments[i].getType(), loc));
  auto steps = builder.create<StepsOp>(loc, ValueRange(states).getTypes(),
                                       passes, states, false);
  builder.create<YieldOp>(loc, steps.getResults());
  Block *body = builder.createBlock(&steps.getBody());
  Value pass = body->addArgument(builder.getI64Type(), loc);
  IRMapping mapping;
  for (unsigned i : kept.carried)
    mapping.map(arguments[i], body->addArgument(arguments[i].getType(), loc));
  Block &old = loop->getRegion(0).front();
  if (!old.getArgument(0).use_empty())
    pass = builder.create<arith::AddIOp>(loc, first, pass);
  mapping.map(old.getArgument(0), pass);
  // Anything else reads values that are not there.
  for (Operation &op : old.without_terminator())
    if (llvm::any_of(op.getResults(), [&](Value result) {
          return kept.needed.contains(result);
        }))
      cloneOf(builder, op, mapping);
  SmallVector<Value> yields;
  for (unsigned i : kept.carried)
    yields.push_back(mapping.lookupOrDefault(loop.getYieldedValues()[i]));
  builder.create<YieldOp>(loc, yields);
}

bool Reverse::goBackSteps(Operation *loop, Value count) {
  Location loc = loop->getLoc();
  if (llvm::none_of(loop->getResults(),
                    [&](Value result) { return cotangent(result); }))
    return true;
  BackBody back(loop, activity, isAgain);
  if (!back.make(builder, count))
    return fail(*back.reverse);
  SmallVector<Value> inits;
  for (unsigned i : back.varied)
    inits.push_back(cotangentOrZero(loop->getResult(i), loc));
  for (Value of : back.captured)
    inits.push_back(fields(loc).zero(of.getType()));
  Kept kept(back.loop, back.isStateRead);
  // States that nothing needs are no arguments.
  llvm::BitVector unread(back.made->getNumArguments());
  SmallVector<Value> states;
  for (unsigned i = 0; i < back.numCarried(); ++i)
    if (!llvm::is_contained(kept.carried, i))
      unread.set(1 + i);
  for (unsigned i : kept.carried)
    states.push_back(back.loop.getInits()[i]);
  back.made->eraseArguments(unread);
  Operation *made;
  if (kept.carried.empty()) {
    auto steps = builder.create<StepsOp>(loc, ValueRange(inits).getTypes(),
                                         count, inits, false);
    back.moveTo(steps.getBody());
    Block &body = steps.getBody().front();
    Value pass = body.getArgument(0);
    if (!pass.use_empty()) {
      // From the last pass to the first.
      OpBuilder inside = OpBuilder::atBlockBegin(&body);
      Value last = inside.create<arith::SubIOp>(loc, count,
                                                Fields(inside, loc).integer(1));
      Value own = inside.create<arith::SubIOp>(loc, last, pass);
      pass.replaceAllUsesExcept(own, own.getDefiningOp());
    }
    made = steps;
  } else {
    auto reversal = builder.create<ReverseOp>(loc, ValueRange(inits).getTypes(),
                                              count, states, inits);
    makeReplay(reversal.getReplay(), back.loop, kept);
    back.moveTo(reversal.getBack());
    made = reversal;
  }
  size_t result = 0;
  for (unsigned i : back.varied)
    add(back.loop.getInits()[i], made->getResult(result++));
  for (Value of : back.captured)
    add(of, made->getResult(result++));
  return true;
}

//===----------------------------------------------------------------------===//
// Loops with a condition
//===----------------------------------------------------------------------===//

bool Reverse::goBackFixpoint(FixpointOp op) {
  if (llvm::none_of(op.getResults(),
                    [&](Value result) { return cotangent(result); }))
    return true;
  if (isFixedPoint(op))
    return goBackImplicitly(op);
  // See countPasses.
  return goBackSteps(op, op.getResults().back());
}

/// v = F(v, x): with the cotangent w of v, the solution q of
/// q = w + (dF/dv)' q has (dF/dx)' q as the cotangent of x.
bool Reverse::goBackImplicitly(FixpointOp op) {
  Location loc = op.getLoc();
  FixedPass pass(builder, op, activity);
  auto goThrough = [&](ValueRange shares, Reverse &reverse) {
    for (auto [value, share] : llvm::zip(pass.made, shares))
      reverse.add(value, share);
    for (Operation *one : llvm::reverse(pass.operations))
      if (!reverse.goBack(*one))
        return fail(reverse);
    return true;
  };
  SmallVector<Value> shares;
  for (Value result : op.getResults())
    shares.push_back(cotangentOrZero(result, loc));
  FixedPointLoop loop(builder, op, shares);
  {
    OpBuilder::InsertionGuard guard(builder);
    Reverse reverse(builder, pass.activity, isAgain);
    if (!goThrough(loop.open(), reverse))
      return false;
    SmallVector<Value> next;
    for (auto [result, share] : llvm::zip(op.getResults(), shares)) {
      Value more = reverse.cotangent(result);
      next.push_back(more ? fields(loc).add(share, more) : share);
    }
    loop.close(next);
  }
  Reverse last(builder, pass.activity, isAgain);
  if (!goThrough(loop.results(), last))
    return false;
  for (auto [of, share] : last.all())
    if (!llvm::is_contained(op.getResults(), of) &&
        !llvm::is_contained(pass.operations, of.getDefiningOp()))
      add(of, share);
  return true;
}

} // namespace pdec::gradient
