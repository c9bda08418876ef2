//===- ForwardLoops.cpp - along loops -------------------------------------===//
//
// A loop carries the tangents of what it carries, and makes both in each pass.
// A fixed point's tangent is the fixed point of its own, linear iteration, as
// in ReverseLoops.cpp.
//
//===----------------------------------------------------------------------===//

#include "compiler/gradient/Forward.h"
#include "compiler/gradient/Loops.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

namespace {

/// A region of a loop that makes tangents, too. Its arguments are those of the
/// old one, and behind each group of carried values the tangents of those of
/// them that vary.
class TangentRegion {
public:
  TangentRegion(OpBuilder &builder, Activity activity, const Forward &outside,
                bool isAgain)
      : builder(builder), activity(std::move(activity)), outside(outside),
        isAgain(isAgain) {}

  /// Starts the region with so many numbers.
  void open(Region &old, Region &made, unsigned numbers);
  /// Adds a group of carried values, as many as in `isVaried`.
  void addGroup(ArrayRef<bool> isVaried);
  /// Makes all but the end.
  bool fill();
  /// What a group hands on: values of the old region, and their tangents.
  SmallVector<Value> handedOn(ValueRange values, ArrayRef<bool> isVaried);

  OpBuilder &builder;
  Activity activity;
  const Forward &outside;
  bool isAgain;
  std::unique_ptr<Forward> forward;
  IRMapping mapping;

private:
  Block *old = nullptr, *made = nullptr;
  unsigned next = 0;
  std::vector<std::pair<Value, Value>> given; ///< values and their tangents
};

} // namespace

static Type tangentType(Type type, OpBuilder &builder) {
  return isa<FieldType>(type) ? type : Type(builder.getF64Type());
}

void TangentRegion::open(Region &from, Region &to, unsigned numbers) {
  old = &from.front();
  made = builder.createBlock(&to);
  for (; next < numbers; ++next)
    mapping.map(old->getArgument(next),
                made->addArgument(builder.getI64Type(), from.getLoc()));
}

void TangentRegion::addGroup(ArrayRef<bool> isVaried) {
  SmallVector<Value> values;
  for (size_t i = 0; i < isVaried.size(); ++i, ++next) {
    Value argument = old->getArgument(next);
    values.push_back(made->addArgument(argument.getType(), argument.getLoc()));
    mapping.map(argument, values.back());
  }
  for (auto [value, isIt] : llvm::zip(values, isVaried))
    if (isIt)
      given.push_back(
          {value, made->addArgument(tangentType(value.getType(), builder),
                                    value.getLoc())});
}

bool TangentRegion::fill() {
  SmallVector<Operation *> pass = clonePass(builder, *old, mapping);
  for (auto [value, tangent] : given)
    activity.add(value);
  for (Operation *op : pass)
    activity.follow(*op);
  forward = std::make_unique<Forward>(builder, activity, isAgain);
  forward->addAll(outside);
  for (auto [value, tangent] : given)
    forward->add(value, tangent);
  for (Operation *op : pass)
    if (!forward->goAlong(*op))
      return false;
  return true;
}

SmallVector<Value> TangentRegion::handedOn(ValueRange values,
                                           ArrayRef<bool> isVaried) {
  SmallVector<Value> all;
  for (Value value : values)
    all.push_back(mapping.lookupOrDefault(value));
  size_t count = all.size();
  for (size_t i = 0; i < count; ++i)
    if (isVaried[i])
      all.push_back(forward->tangentOrZero(all[i], values[i].getLoc()));
  return all;
}

static SmallVector<bool> variedAmong(const Activity &activity,
                                     ValueRange values) {
  return llvm::map_to_vector(
      values, [&](Value value) { return activity.isVaried(value); });
}

/// Values and the tangents of those that vary.
SmallVector<Value> Forward::withTangents(ValueRange values,
                                         ArrayRef<bool> isVaried,
                                         Location loc) {
  SmallVector<Value> all(values);
  for (auto [value, isIt] : llvm::zip(values, isVaried))
    if (isIt)
      all.push_back(tangentOrZero(value, loc));
  return all;
}

/// Gives results their tangents, which come behind the results.
void Forward::takeResults(Operation *op, ValueRange made,
                          ArrayRef<bool> isVaried) {
  size_t next = op->getNumResults();
  for (auto [result, isIt] : llvm::zip(op->getResults(), isVaried))
    if (isIt)
      add(result, made[next++]);
}

bool Forward::goAlongLoop(Operation *op) {
  if (auto fixpoint = dyn_cast<FixpointOp>(op);
      fixpoint && isFixedPoint(fixpoint))
    return goAlongFixedPoint(fixpoint);
  Location loc = op->getLoc();
  auto loop = cast<LoopLikeOpInterface>(op);
  SmallVector<bool> isVaried = variedAmong(activity, loop.getRegionIterArgs());
  SmallVector<Value> inits =
      withTangents(SmallVector<Value>(loop.getInits()), isVaried, loc);
  SmallVector<Value> operands{op->getOperand(0)};
  operands.append(inits);
  OperationState state(loc, op->getName(), operands,
                       ValueRange(inits).getTypes(), op->getAttrs());
  state.addRegion();
  Operation *made = builder.create(state);
  if (auto steps = dyn_cast<StepsOp>(made))
    steps.removeEvolutionAttr();
  OpBuilder::InsertionGuard guard(builder);
  TangentRegion region(builder, activity, *this, isAgain);
  region.open(op->getRegion(0), made->getRegion(0), 1);
  region.addGroup(isVaried);
  if (!region.fill())
    return fail(*region.forward);
  Operation *end = op->getRegion(0).front().getTerminator();
  SmallVector<Value> values(loop.getYieldedValues());
  SmallVector<Value> next = region.handedOn(values, isVaried);
  if (auto until = dyn_cast<UntilOp>(end))
    builder.create<UntilOp>(
        loc, region.mapping.lookupOrDefault(until.getDone()),
        region.mapping.lookupOrDefault(until.getValue()),
        region.mapping.lookupOrDefault(until.getBound()), next);
  else
    builder.create<YieldOp>(loc, next);
  takeResults(op, made->getResults(), isVaried);
  return true;
}

bool Forward::goAlongReverse(ReverseOp op) {
  Location loc = op.getLoc();
  Block &replay = op.getReplay().front(), &back = op.getBack().front();
  size_t numStates = op.getStates().size();
  SmallVector<bool> states =
      variedAmong(activity, replay.getArguments().drop_front(2));
  SmallVector<bool> carried =
      variedAmong(activity, back.getArguments().drop_front(1 + numStates));
  SmallVector<Value> allStates = withTangents(op.getStates(), states, loc);
  SmallVector<Value> inits = withTangents(op.getInits(), carried, loc);
  auto made = builder.create<ReverseOp>(loc, ValueRange(inits).getTypes(),
                                        op.getCount(), allStates, inits);
  OpBuilder::InsertionGuard guard(builder);
  TangentRegion first(builder, activity, *this, isAgain);
  first.open(op.getReplay(), made.getReplay(), 2);
  first.addGroup(states);
  if (!first.fill())
    return fail(*first.forward);
  builder.create<YieldOp>(
      loc, first.handedOn(replay.getTerminator()->getOperands(), states));
  TangentRegion second(builder, activity, *this, isAgain);
  second.open(op.getBack(), made.getBack(), 1);
  second.addGroup(states);
  second.addGroup(carried);
  if (!second.fill())
    return fail(*second.forward);
  builder.create<YieldOp>(
      loc, second.handedOn(back.getTerminator()->getOperands(), carried));
  takeResults(op, made.getResults(), carried);
  return true;
}

/// v = F(v, x): the tangent t of v solves t = (dF/dv) t + (dF/dx) s with the
/// tangent s of x.
bool Forward::goAlongFixedPoint(FixpointOp op) {
  Location loc = op.getLoc();
  FixedPass pass(builder, op, activity);
  SmallVector<Value> starts;
  for (Value result : op.getResults())
    starts.push_back(fields(loc).zero(result.getType()));
  FixedPointLoop loop(builder, op, starts);
  {
    OpBuilder::InsertionGuard guard(builder);
    ValueRange before = loop.open();
    Forward forward(builder, pass.activity, isAgain);
    forward.addAll(*this);
    for (auto [result, tangent] : llvm::zip(op.getResults(), before))
      forward.add(result, tangent);
    for (Operation *one : pass.operations)
      if (!forward.goAlong(*one))
        return fail(forward);
    SmallVector<Value> next;
    for (Value value : pass.made)
      next.push_back(forward.tangentOrZero(value, loc));
    loop.close(next);
  }
  for (auto [result, tangent] : llvm::zip(op.getResults(), loop.results()))
    add(result, tangent);
  return true;
}

} // namespace pdec::gradient
