//===- Rates.cpp - rates as arithmetic ------------------------------------===//

#include "compiler/analysis/Rates.h"

#include "compiler/analysis/Analysis.h"
#include "compiler/analysis/Passes.h"
#include "compiler/analysis/RateFormula.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis {

#define GEN_PASS_DEF_EVALUATERATES
#include "compiler/analysis/Passes.h.inc"

/// Makes arithmetic of a rate, or tells why it cannot.
static std::optional<Obstacle> evaluate(RateOp op) {
  RateFormula formula(op);
  if (!formula.find())
    return formula.obstacle();
  OpBuilder builder(op);
  bool isLowest = op.getKind() == RateKind::Slowest;
  op.replaceAllUsesWith(formula.emit(builder, isLowest));
  op.erase();
  return std::nullopt;
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

namespace {
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
