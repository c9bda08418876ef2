//===- Rates.cpp - rates as arithmetic ------------------------------------===//

#include "compiler/analysis/Rates.h"

#include "compiler/analysis/Analysis.h"
#include "compiler/analysis/CellRate.h"
#include "compiler/analysis/Passes.h"
#include "compiler/analysis/RateFormula.h"
#include "compiler/pde/PdeResults.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis {

#define GEN_PASS_DEF_EVALUATERATES
#define GEN_PASS_DEF_MEASURESTEPS
#include "compiler/analysis/Passes.h.inc"

/// Why neither eigenvalues nor what cells lose bound a rate.
static Obstacle neither(const RateFormula &formula, const Obstacle &ofCells) {
  const Obstacle &ofNorm = formula.obstacle();
  if (formula.isSymmetric() || ofCells.text.empty() ||
      ofCells.text == ofNorm.text)
    return ofNorm;
  return {ofNorm.text + "; of cells: " + ofCells.text,
          ofNorm.op ? ofNorm.op : ofCells.op};
}

/// Makes arithmetic of a rate, or tells why it cannot. Of symmetric operators
/// the eigenvalues allow steps as long as cells do, or longer.
static std::optional<Obstacle> evaluate(RateOp op) {
  OpBuilder builder(op);
  auto replace = [&](Value bound) {
    op.replaceAllUsesWith(bound);
    op.erase();
    return std::nullopt;
  };
  RateFormula formula(op);
  if (formula.find())
    return replace(formula.emit(builder, op.getKind() == RateKind::Slowest));
  if (op.getKind() != RateKind::Norm)
    return formula.obstacle();
  CellRate cells(op);
  if (cells.find())
    return replace(cells.emit(builder));
  return neither(formula, cells.obstacle());
}

/// Calls tell(op, obstacle) for all that stay.
template <typename Tell>
static void evaluateAll(ModuleOp module, const Tell &tell) {
  std::vector<RateOp> rates;
  module.walk([&](RateOp op) { rates.push_back(op); });
  for (RateOp op : rates)
    if (auto obstacle = evaluate(op))
      tell(op, *obstacle);
}

std::vector<UnboundedRate> evaluateRates(ModuleOp module) {
  std::vector<UnboundedRate> left;
  evaluateAll(module, [&](RateOp op, const Obstacle &obstacle) {
    left.push_back({placeOf(op), obstacle.text, placeOf(obstacle.op)});
  });
  return left;
}

/// Whether a parameter has the sign of the script's value.
static Value hasInitialSign(ParamOp param, OpBuilder &builder, Location loc) {
  Value value = param.getValue();
  bool isPositive = initialOf(param) > 0;
  auto zero = builder.create<arith::ConstantOp>(
      loc, builder.getZeroAttr(value.getType()));
  if (value.getType().isF64())
    return builder.create<arith::CmpFOp>(
        loc, isPositive ? arith::CmpFPredicate::OGE : arith::CmpFPredicate::OLE,
        value, zero);
  return builder.create<arith::CmpIOp>(
      loc, isPositive ? arith::CmpIPredicate::sge : arith::CmpIPredicate::sle,
      value, zero);
}

/// Of steps with this bound: true, if the length is known, or is never too
/// large.
template <typename Formula>
static bool measure(StepsOp steps, Formula &formula, bool isOfTwoLevels) {
  Interval range = formula.range();
  if (!(range.low() >= 0))
    return false;
  if (range.high() <= formula.longest() && formula.keptSigns().empty())
    return true;
  OpBuilder builder(steps);
  Location loc = steps.getLoc();
  Value rate = formula.emit(builder);
  Value part = builder.create<arith::ConstantOp>(
      loc, builder.getF64FloatAttr(1 / formula.longest()));
  Value multiple = builder.create<arith::MulFOp>(loc, rate, part);
  // In a recurrence of second order R counts with the square of the step.
  if (isOfTwoLevels)
    multiple = builder.create<math::SqrtOp>(loc, multiple);
  // Of others nothing is known.
  Value none =
      builder.create<arith::ConstantOp>(loc, builder.getF64FloatAttr(0));
  for (ParamOp param : formula.keptSigns())
    multiple = builder.create<arith::SelectOp>(
        loc, hasInitialSign(param, builder, loc), multiple, none);
  builder.create<StepLengthOp>(loc, multiple);
  return true;
}

static bool measureNorm(StepsOp steps, Measure kind, const Settings &settings) {
  RateFormula formula(steps, kind, settings, RateFormula::Sizes::Each);
  bool isOfTwoLevels = formula.isOfTwoLevels();
  // With data added it is the distance of two solutions that cannot grow.
  bool isNorm = kind == Measure::Norm && !isOfTwoLevels;
  return formula.find() && !(isNorm && formula.isAffine()) &&
         measure(steps, formula, isOfTwoLevels);
}

static bool measureCells(StepsOp steps, const Settings &settings) {
  CellRate cells(steps, settings);
  return cells.find() && !cells.isAffine() &&
         measure(steps, cells, /*isOfTwoLevels=*/false);
}

void measureSteps(ModuleOp module) {
  Settings settings;
  settings.keepsSigns = true;
  for (ProgramOp program : module.getOps<ProgramOp>())
    for (StepsOp steps : program.getBody().front().getOps<StepsOp>())
      if (steps.getEvolution() &&
          !measureNorm(steps, Measure::Norm, settings) &&
          !measureNorm(steps, Measure::Distance, settings))
        measureCells(steps, settings);
}

namespace {
struct MeasureSteps : impl::MeasureStepsBase<MeasureSteps> {
  void runOnOperation() override { measureSteps(getOperation()); }
};

struct EvaluateRates : impl::EvaluateRatesBase<EvaluateRates> {
  void runOnOperation() override {
    evaluateAll(getOperation(), [&](RateOp op, const Obstacle &obstacle) {
      InFlightDiagnostic error = op.emitOpError("is not bounded");
      if (obstacle.op)
        error.attachNote(obstacle.op->getLoc()) << obstacle.text;
      else
        error.attachNote(op.getLoc()) << obstacle.text;
      signalPassFailure();
    });
  }
};
} // namespace

} // namespace pdec::analysis
