//===- PlanSweeps.cpp - decide how sweeps go over memory ------------------===//

#include "compiler/kernel/IsolatedRegion.h"
#include "compiler/kernel/Passes.h"
#include "compiler/kernel/SweepPlan.h"
#include "compiler/kernel/TileChoice.h"
#include "compiler/pde/PdeAlong.h"
#include "compiler/pde/PdeChannels.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

#define GEN_PASS_DEF_PLANSWEEPS
#include "compiler/kernel/Passes.h.inc"

//===----------------------------------------------------------------------===//
// Whole steps
//===----------------------------------------------------------------------===//

/// The only sweep of a loop whose body is nothing but scalars and this sweep,
/// which with the levels before makes all new ones: such a loop can advance
/// several steps a tile. One that carries numbers, too, cannot.
static SweepOp onlySweep(StepsOp steps) {
  Block &body = steps.getBody().front();
  SweepOp only;
  for (Operation &op : body.without_terminator()) {
    if (isa<ReduceOp, EntryOp, AlongOp, ConvolveOp, CorrelateOp>(op))
      return {};
    if (op.getNumRegions() == 0)
      continue;
    if (only || !isa<SweepOp>(op))
      return {};
    only = cast<SweepOp>(op);
  }
  // A loop without levels is there for what it notes down.
  if (!only || steps->getNumResults() == 0)
    return {};
  auto isMade = [&](Value level) {
    bool isHere = level.getParentBlock() == &body;
    auto type = dyn_cast<FieldType>(level.getType());
    return isHere && type && type.getGrid() == only.type().getGrid();
  };
  return llvm::all_of(body.getTerminator()->getOperands(), isMade) ? only
                                                                   : SweepOp();
}

/// A field as it is, as something that a sweep computes.
static Value sameField(OpBuilder &builder, Location loc, Value field) {
  auto type = cast<FieldType>(field.getType());
  auto map = builder.create<MapOp>(loc, type, ValueRange(field));
  OpBuilder::InsertionGuard guard(builder);
  Block *body = builder.createBlock(&map.getBody());
  Value cell = body->addArgument(type.getElement(), loc);
  builder.create<YieldOp>(loc, cell);
  return map.getResult();
}

/// Puts a sweep that is all of a step into one that has the pass and the
/// carried fields as its first operands, computes inside what scalars depend on
/// them, and gives all new levels, those that are an older one included: it can
/// be repeated without the loop.
static SweepOp makeWholeStep(StepsOp steps, SweepOp sweep) {
  Block &body = steps.getBody().front();
  Block &old = sweep.getBody().front();
  Operation *yield = body.getTerminator();
  IsolatedRegion whole(sweep.getContext(), [&](Value value) {
    bool isInside =
        value.getParentBlock() == &body || value.getParentBlock() == &old;
    return isInside ? Value() : value;
  });
  for (Value argument : body.getArguments())
    whole.addOperand(argument);
  for (auto [argument, operand] :
       llvm::zip(old.getArguments(), sweep.getOperands()))
    whole.map(argument, whole.bring(operand));
  OpBuilder inside(sweep.getContext());
  inside.setInsertionPoint(old.getTerminator());
  SmallVector<Value> values;
  for (Value level : yield->getOperands()) {
    auto made = dyn_cast<OpResult>(level);
    values.push_back(
        made ? old.getTerminator()->getOperand(made.getResultNumber())
             : sameField(inside, sweep.getLoc(), level));
  }
  for (Operation &op : old.without_terminator())
    whole.clone(op);
  OpBuilder builder(sweep);
  auto made = builder.create<SweepOp>(sweep.getLoc(), yield->getOperandTypes(),
                                      whole.getOperands());
  whole.finish<YieldOp>(sweep.getLoc(), values, made.getBody());
  yield->setOperands(made.getResults());
  sweep.erase();
  // The scalars that are inside now.
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(body)))
    if (isOpTriviallyDead(&op))
      op.erase();
  return made;
}

//===----------------------------------------------------------------------===//
// Plans
//===----------------------------------------------------------------------===//

static RowsAttr attrOf(MLIRContext *context, const Surround &rows) {
  SmallVector<int64_t> numbers;
  for (unsigned axis = 0; axis < rows.rank(); ++axis)
    llvm::append_range(numbers, ArrayRef{rows[axis].low, rows[axis].high});
  return RowsAttr::get(context, numbers);
}

/// The boundary rows of a stage, where any of its rows is one.
static RowsAttr boundaryOf(const SweepPlan &plan, const Stage &stage) {
  auto type = cast<FieldType>(stage.value.getType());
  Surround rows = stage.boundary;
  auto bring = [](int64_t &number, int64_t outmost) {
    if (number <= -outmost)
      number = RowsAttr::none;
    else if (number > RowsAttr::all / 2)
      number = RowsAttr::all;
  };
  for (unsigned axis = 0; axis < plan.rank(); ++axis) {
    Reach outmost{type.lowRows(axis), type.highRows(axis)};
    if (isPeriodic(plan.grid, axis))
      outmost = stage.reach[axis];
    bring(rows[axis].low, outmost.low);
    bring(rows[axis].high, outmost.high);
  }
  return attrOf(type.getContext(), rows);
}

/// Says on the sweep and on operations in it what its stages are, and what it
/// reads.
static void attach(const SweepPlan &plan) {
  SweepOp sweep = plan.sweep;
  MLIRContext *context = sweep.getContext();
  SmallVector<Attribute> results, reads;
  auto tile = sweep->getAttrOfType<TileAttr>(tileName);
  for (const Stage &stage : plan.stages) {
    int64_t ring = tile.isChain() && stage.isScratch()
                       ? ringOf(stage, tile.getPiece())
                       : 0;
    auto attr =
        StageAttr::get(context, stage.group, attrOf(context, stage.reach),
                       boundaryOf(plan, stage), ring);
    if (stage.isScratch()) {
      stage.value.getDefiningOp()->removeAttr(storedName);
      stage.value.getDefiningOp()->setAttr(stageName, attr);
    } else {
      results.push_back(attr);
    }
  }
  for (Value argument : sweep.getBody().getArguments()) {
    auto found = plan.leaves.find(argument);
    reads.push_back(found == plan.leaves.end()
                        ? Attribute(UnitAttr::get(context))
                        : attrOf(context, found->second));
  }
  sweep->setAttr(resultsName, ArrayAttr::get(context, results));
  sweep->setAttr(readsName, ArrayAttr::get(context, reads));
}

/// The number of passes that a loop makes where the script says it, or more
/// than any tile takes at once.
static int64_t passesOf(SweepOp wholeStep) {
  llvm::APInt count;
  auto steps = cast<StepsOp>(wholeStep->getParentOp());
  if (matchPattern(steps.getCount(), m_ConstantInt(&count)))
    return std::max<int64_t>(1, count.getSExtValue());
  return std::numeric_limits<int64_t>::max();
}

namespace {
struct PlanSweepsPass : impl::PlanSweepsBase<PlanSweepsPass> {
  using PlanSweepsBase::PlanSweepsBase;

  void runOnOperation() override {
    std::optional<std::vector<TileShape>> shapes = readTileShapes(tiles);
    if (!shapes) {
      getOperation().emitError("cannot read the shapes of tiles '")
          << tiles << "': they are such as '64x256:8,1000'";
      return signalPassFailure();
    }
    TileLimits limits{tileBytes, blockBytes,  wavefrontBytes,
                      maxSteps,  vectorBytes, std::move(*shapes)};
    std::vector<StepsOp> loops;
    getOperation().walk([&](StepsOp steps) { loops.push_back(steps); });
    for (StepsOp steps : loops)
      if (onlySweep(steps))
        planSteps(steps, limits);
    getOperation().walk([&](SweepOp sweep) {
      if (!sweep->hasAttr(tileName))
        planOnce(sweep, limits);
    });
  }

  /// Makes whole steps of a loop and plans them if it pays to advance several
  /// at once; else the loop stays as it is, where levels just change places.
  /// Those of one axis always do: nothing but the loop would stand against it.
  void planSteps(StepsOp steps, const TileLimits &limits) {
    OpBuilder builder(steps);
    IRMapping mapping;
    auto whole = cast<StepsOp>(builder.clone(*steps, mapping));
    SweepOp sweep = makeWholeStep(whole, onlySweep(whole));
    SweepPlan plan(sweep, /*isWholeStep=*/true);
    TileAttr tile = chooseSteps(plan, passesOf(sweep), limits);
    if (plan.rank() > 1 && tile.getSteps() == 1)
      return whole.erase();
    sweep->setAttr(tileName, tile);
    attach(plan);
    if (isa<ReverseOp>(steps->getParentOp()))
      return leaveSinglePass(steps, whole);
    steps.replaceAllUsesWith(whole.getResults());
    steps.erase();
  }

  /// Where memory holds all states of a loop that is gone back through, each is
  /// made from the one before, in a loop of one pass: `steps`, which is made
  /// for that, while `whole` makes all else.
  void leaveSinglePass(StepsOp steps, StepsOp whole) {
    Location loc = steps.getLoc();
    OpBuilder builder(whole);
    Value passes = steps.getCount();
    Value one =
        builder.create<arith::ConstantOp>(loc, builder.getI64IntegerAttr(1));
    Value isOne = builder.create<arith::CmpIOp>(loc, arith::CmpIPredicate::eq,
                                                passes, one);
    Value single = builder.create<arith::ExtUIOp>(loc, passes.getType(), isOne);
    Value others = builder.create<arith::SubIOp>(loc, passes, single);
    whole.getCountMutable().assign(others);
    steps.getCountMutable().assign(single);
    steps.getInitsMutable().assign(whole.getResults());
  }

  void planOnce(SweepOp sweep, const TileLimits &limits) {
    SweepPlan plan(sweep, /*isWholeStep=*/false);
    sweep->setAttr(tileName, chooseTile(plan, limits));
    attach(plan);
  }
};
} // namespace

} // namespace pdec::kernel
