//===- PlanSweeps.cpp - decide how sweeps go over memory ------------------===//

#include "compiler/kernel/IsolatedRegion.h"
#include "compiler/kernel/Passes.h"
#include "compiler/kernel/SweepPlan.h"

#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

#define GEN_PASS_DEF_PLANSWEEPS
#include "compiler/kernel/Passes.h.inc"

//===----------------------------------------------------------------------===//
// Whole steps
//===----------------------------------------------------------------------===//

/// The only sweep of a loop on a grid of one axis whose body is nothing but
/// scalars and this sweep, which makes all new levels: such a loop can advance
/// several steps a tile.
static SweepOp onlySweep(StepsOp steps) {
  Block &body = steps.getBody().front();
  SweepOp only;
  for (Operation &op : body.without_terminator()) {
    if (isa<ReduceOp>(op))
      return {};
    if (op.getNumRegions() == 0)
      continue;
    if (only || !isa<SweepOp>(op))
      return {};
    only = cast<SweepOp>(op);
  }
  if (!only || gridOf(steps, only.type()).rank() > 1)
    return {};
  ValueRange yields = body.getTerminator()->getOperands();
  return yields == ValueRange(only.getResults()) ? only : SweepOp();
}

/// Puts a sweep that is all of a step into one that has the pass and the
/// carried fields as its first operands, and computes inside what scalars
/// depend on them: it can be repeated without the loop.
static SweepOp makeWholeStep(StepsOp steps, SweepOp sweep) {
  Block &body = steps.getBody().front();
  Block &old = sweep.getBody().front();
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
  for (Operation &op : old.without_terminator())
    whole.clone(op);
  SmallVector<Value> values(old.getTerminator()->getOperands());
  OpBuilder builder(sweep);
  auto made = builder.create<SweepOp>(sweep.getLoc(), sweep.getResultTypes(),
                                      whole.getOperands());
  whole.finish<YieldOp>(sweep.getLoc(), values, made.getBody());
  sweep.replaceAllUsesWith(made.getResults());
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
  for (const Stage &stage : plan.stages) {
    auto attr =
        StageAttr::get(context, stage.group, attrOf(context, stage.reach),
                       boundaryOf(plan, stage));
    if (stage.isScratch())
      stage.value.getDefiningOp()->setAttr(stageName, attr);
    else
      results.push_back(attr);
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

static int64_t numScratch(const SweepPlan &plan) {
  return llvm::count_if(plan.stages,
                        [](const Stage &stage) { return stage.isScratch(); });
}

static int64_t elementBytes(const SweepPlan &plan) {
  return plan.sweep.type().getElement().getIntOrFloatBitWidth() / 8;
}

/// Sizes a tile of one axis so that its buffers fit the given cache, and the
/// number of steps so that cells computed twice stay a small part.
static TileAttr tileOfOneAxis(const SweepPlan &plan, bool isWholeStep,
                              const PlanSweepsOptions &options) {
  SweepOp sweep = plan.sweep;
  unsigned states = sweep.getNumResults();
  int64_t buffers = numScratch(plan) + (isWholeStep ? 2 * states : 1);
  int64_t cells = options.tileBytes / (elementBytes(plan) * buffers);
  cells = std::max<int64_t>(256, cells / 64 * 64);
  if (!isWholeStep)
    return TileAttr::get(sweep.getContext(), cells, 0, 0);
  Reach halo;
  for (Value level : sweep.getBody().getArguments().slice(1, states))
    if (auto found = plan.leaves.find(level); found != plan.leaves.end())
      halo.include(found->second[0]);
  // Half of the steps' halos is computed twice on average: 1/32 of a tile.
  int64_t both = std::max<int64_t>(1, halo.low + halo.high);
  int64_t steps = std::clamp<int64_t>(cells / 16 / both, 1, options.maxSteps);
  return TileAttr::get(sweep.getContext(), cells, steps, 0);
}

/// Cells of a tile on each of several axes. Without scratch memory, the rows
/// that are read again for the next ones stay in the first-level cache; with
/// it, the scratch memory of a tile in the second-level one.
static TileAttr tileOfSeveralAxes(const SweepPlan &plan,
                                  const PlanSweepsOptions &options) {
  int64_t outer = plan.rank() == 2 ? 32 : 16;
  SmallVector<int64_t> cells(plan.rank(), outer);
  cells.back() = 1024;
  if (int64_t buffers = numScratch(plan)) {
    int64_t lines = buffers * elementBytes(plan);
    for (unsigned axis = 0; axis + 1 < plan.rank(); ++axis)
      lines *= outer + 4;
    cells.back() = std::clamp<int64_t>(options.blockBytes / lines / 64 * 64, 64,
                                       cells.back());
  }
  return TileAttr::get(plan.sweep.getContext(), cells, 0, 0);
}

namespace {
struct PlanSweepsPass : impl::PlanSweepsBase<PlanSweepsPass> {
  using PlanSweepsBase::PlanSweepsBase;

  void runOnOperation() override {
    llvm::DenseSet<SweepOp> wholeSteps;
    getOperation().walk([&](StepsOp steps) {
      if (SweepOp only = onlySweep(steps))
        wholeSteps.insert(makeWholeStep(steps, only));
    });
    PlanSweepsOptions options{tileBytes, blockBytes, maxSteps};
    getOperation().walk([&](SweepOp sweep) {
      SweepPlan plan(sweep);
      sweep->setAttr(
          tileName,
          plan.rank() == 1
              ? tileOfOneAxis(plan, wholeSteps.contains(sweep), options)
              : tileOfSeveralAxes(plan, options));
      attach(plan);
    });
  }
};
} // namespace

} // namespace pdec::kernel
