//===- Certify.cpp - certificates of programs -----------------------------===//

#include "compiler/analysis/Analysis.h"
#include "compiler/analysis/Fourier.h"
#include "compiler/analysis/RateFormula.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis {

//===----------------------------------------------------------------------===//
// Limits
//===----------------------------------------------------------------------===//

namespace {

/// Finds the parameter that the step is proportional to, and how large it may
/// be.
class StepLimit {
public:
  /// `base` is the analysis that found `best`, with these settings.
  StepLimit(StepsOp steps, const Settings &settings, Analysis &base,
            const Claim &best)
      : steps(steps), settings(settings), base(base), best(best) {}

  std::optional<EvolutionCertificate::Step> find();

private:
  StepsOp steps;
  const Settings &settings;
  Analysis &base;
  const Claim &best;

  Settings with(ParamOp param, double value);
  bool isProportional(ParamOp param, double value);
  bool hasTwiceTheRates(Analysis &twice);
  bool holdsAt(ParamOp param, double value);
  bool holdsFor(ParamOp param, double value, double factor);
  std::optional<double> largestFactor(ParamOp param, double value);
  bool isConfirmed(ParamOp param, double limit);
};

} // namespace

Settings StepLimit::with(ParamOp param, double value) {
  Settings changed = settings;
  changed.params[param.getName()] = value;
  return changed;
}

/// Whether what operators give in the last stage is twice that of this step,
/// all else as it is.
bool StepLimit::hasTwiceTheRates(Analysis &twice) {
  auto a = base.rates(), b = twice.rates();
  if (a.size() != b.size())
    return false;
  bool isAny = false;
  for (auto [first, second] : llvm::zip(a, b)) {
    if (first.first != second.first)
      return false;
    if (first.second.isSame(second.second))
      continue;
    Interval ratio = second.second / first.second;
    if (!ratio.contains(2) || !(ratio.high() - ratio.low() < 1e-9))
      return false;
    isAny = true;
  }
  return isAny;
}

/// Whether twice the parameter is a step twice as long, all else as it is. For
/// averages only the last stage is compared, since each step is then looked at
/// by itself.
bool StepLimit::isProportional(ParamOp param, double value) {
  Analysis twice(steps, with(param, 2 * value));
  auto other = twice.claim(best.statement);
  if (!other)
    return false;
  if (best.eigenvalues)
    return other->eigenvalues &&
           std::abs(other->eigenvalues->low() / (2 * best.eigenvalues->low()) -
                    1) < 1e-12;
  return best.theorem == Theorem::Averages ? hasTwiceTheRates(twice)
                                           : base.isStretched(twice, 2);
}

/// Whether the claim holds for what the step is with a value of the parameter.
bool StepLimit::holdsAt(ParamOp param, double value) {
  auto claim = Analysis(steps, with(param, value)).claim(best.statement);
  return claim && claim->holds;
}

/// Whether it holds for a multiple of the step.
bool StepLimit::holdsFor(ParamOp param, double value, double factor) {
  auto known = base.holdsStretched(factor);
  return known ? *known : holdsAt(param, factor * value);
}

/// The largest multiple of a step for which the claim holds; infinity, if there
/// is none, and nothing if it holds for no step.
std::optional<double> StepLimit::largestFactor(ParamOp param, double value) {
  if (best.eigenvalues) {
    // I + A does not lengthen for eigenvalues in [-2, 0].
    if (best.eigenvalues->high() > 0)
      return std::nullopt;
    return (Interval(-2) / Interval(best.eigenvalues->low())).low();
  }
  // A million times smaller is no step any more.
  double low = 1, high = 1;
  for (int i = 0; i < 20 && !holdsFor(param, value, low); ++i)
    low /= 2;
  if (!holdsFor(param, value, low))
    return std::nullopt;
  for (int i = 0; i < 20 && holdsFor(param, value, high); ++i)
    high *= 2;
  if (holdsFor(param, value, high))
    return INFINITY;
  while (high - low > 1e-5 * low) {
    double middle = low + (high - low) / 2;
    (holdsFor(param, value, middle) ? low : high) = middle;
  }
  return low;
}

/// Whether the claim holds at a value of the parameter, and at some below it,
/// for what the step is with these values.
bool StepLimit::isConfirmed(ParamOp param, double limit) {
  static constexpr int parts = 8;
  for (int part = 1; part <= parts; ++part)
    if (!holdsAt(param, limit * part / parts))
      return false;
  return true;
}

std::optional<EvolutionCertificate::Step> StepLimit::find() {
  base.claim(best.statement);
  auto program = steps->getParentOfType<ProgramOp>();
  for (ParamOp param : program.getBody().front().getOps<ParamOp>()) {
    auto real = dyn_cast<FloatAttr>(param.getInitial());
    if (!real)
      continue;
    double value = real.getValueAsDouble();
    if (!(value > 0) || !std::isfinite(value) || !isProportional(param, value))
      continue;
    auto factor = largestFactor(param, value);
    if (!factor)
      return std::nullopt;
    double limit = *factor * value;
    // What was found by the form of the step at two values is tried.
    if (!isConfirmed(param, std::isinf(limit) ? 1000 * value : limit))
      return std::nullopt;
    return EvolutionCertificate::Step{param.getName().str(), value, limit};
  }
  return std::nullopt;
}

/// Whether a claim about one explicit step holds whatever the numbers are.
static bool holdsForAll(StepsOp steps, const Claim &claim,
                        const Settings &settings) {
  if (claim.theorem != Theorem::Explicit)
    return false;
  bool isNorm = claim.statement == Statement::Norm;
  RateFormula formula(steps, isNorm ? Measure::Norm : Measure::Distance,
                      settings);
  if (!formula.find() || (isNorm && formula.isAffine()))
    return false;
  Interval range = formula.range();
  return range.low() >= 0 && range.high() <= 2;
}

//===----------------------------------------------------------------------===//
// Programs
//===----------------------------------------------------------------------===//

static std::vector<std::string> namesOf(StepsOp steps) {
  std::vector<std::string> names;
  for (Value result : steps.getResults())
    for (Operation *user : result.getUsers())
      if (auto output = dyn_cast<OutputOp>(user))
        names.push_back(output.getName().str());
  return names;
}

/// Says why nothing holds: what was met on the way, or, where a statement was
/// tried and is not true, which condition of its theorem fails.
static void explain(EvolutionCertificate &made, const Obstacle &obstacle) {
  made.obstacle = obstacle.text;
  made.obstaclePlace = placeOf(obstacle.op);
  if (made.claims.empty())
    return;
  auto backward = llvm::find_if(made.operators, [](const OperatorUse &use) {
    return use.gain && !use.gain->isNonNegative();
  });
  if (backward != made.operators.end()) {
    made.obstacle = "Phi(s)/s is not known to be >= 0 for all s, which no "
                    "smaller step mends";
    made.obstaclePlace = backward->place;
    return;
  }
  // No step is short enough for averages with negative weights.
  if (made.claims.front().theorem == Theorem::Averages && !made.step &&
      !made.obstacle.empty())
    return;
  made.obstacle = made.claims.front().theorem == Theorem::TwoLevels
                      ? "a root may lie outside of the unit disc"
                      : "the step is too large";
  made.obstaclePlace = made.place;
}

static EvolutionCertificate certifySteps(StepsOp steps, Detail detail) {
  EvolutionCertificate made;
  made.fields = namesOf(steps);
  made.place = placeOf(steps);
  Settings settings;
  Analysis analysis(steps, settings);
  made.claims = analysis.claims(detail);
  if (made.holds() && detail == Detail::Warnings)
    return made;
  made.keepsMean = analysis.keepsMean();
  made.operators = analysis.operators();
  made.contraction = analysis.contraction();
  // Before others are met on the way to a limit.
  const Obstacle obstacle = analysis.obstacle();
  for (Claim &claim : made.claims)
    claim.holdsForAll = claim.holds && holdsForAll(steps, claim, settings);
  if (!made.claims.empty()) {
    auto best = llvm::find_if(made.claims,
                              [](const Claim &claim) { return claim.holds; });
    if (best == made.claims.end())
      best = made.claims.begin();
    made.step = StepLimit(steps, settings, analysis, *best).find();
  }
  if (!made.holds())
    explain(made, obstacle);
  return made;
}

Certificate certify(ModuleOp module, Detail detail) {
  Certificate made;
  for (ProgramOp program : module.getOps<ProgramOp>()) {
    made.program = program.getSymName().str();
    for (StepsOp steps : program.getBody().front().getOps<StepsOp>())
      if (steps.getEvolution())
        made.evolutions.push_back(certifySteps(steps, detail));
    if (detail == Detail::All)
      llvm::append_range(made.estimates, estimateConvergence(program));
  }
  return made;
}

} // namespace pdec::analysis
