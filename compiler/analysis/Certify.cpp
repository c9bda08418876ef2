//===- Certify.cpp - certificates of programs -----------------------------===//

#include "compiler/analysis/Analysis.h"
#include "compiler/analysis/CellRate.h"
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

/// The largest multiple of all operators in a step for which its last claim
/// holds; infinity, if there is none, and nothing if it holds for no step.
static std::optional<double> largestMultiple(Analysis &analysis,
                                             const Claim &claim) {
  if (claim.eigenvalues) {
    // I + A does not lengthen for eigenvalues in [-2, 0].
    if (claim.eigenvalues->high() > 0)
      return std::nullopt;
    return (Interval(-2) / Interval(claim.eigenvalues->low())).low();
  }
  auto holds = [&](double factor) {
    return analysis.holdsStretched(claim, factor);
  };
  constexpr double least = 0x1p-20, most = 0x1p20;
  if (holds(most))
    return INFINITY;
  // A guess is mostly close, and saves many proofs.
  auto guess = analysis.guessedMultiple();
  const double start = guess.value_or(1);
  double step = guess ? 1e-6 : 1;
  double low = start / (1 + step), high = low;
  if (holds(low))
    for (high = start * (1 + step); holds(high); step *= 16)
      high = (low = high) * (1 + step);
  else
    for (low = high / (1 + step); !holds(low); step *= 16) {
      // A million times smaller is no step any more.
      if (low < least)
        return std::nullopt;
      low = (high = low) / (1 + step);
    }
  while (high - low > 1e-5 * low) {
    double middle = low + (high - low) / 2;
    (holds(middle) ? low : high) = middle;
  }
  return low;
}

/// The parameter to which what operators give is proportional, and how large it
/// may be.
static std::optional<EvolutionCertificate::Step>
limitOf(StepsOp steps, Analysis &analysis, const Claim &claim) {
  // A step, one of a wave, and one of an operator that is applied twice.
  static constexpr Proportion::Powers known[] = {{1, 1}, {1, 2}, {2, 1}};
  analysis.claim(claim.statement);
  auto program = steps->getParentOfType<ProgramOp>();
  for (ParamOp param : program.getBody().front().getOps<ParamOp>()) {
    auto real = dyn_cast<FloatAttr>(param.getInitial());
    double value = real ? real.getValueAsDouble() : 0;
    if (!(value > 0) || !std::isfinite(value))
      continue;
    auto found = llvm::find_if(known, [&](Proportion::Powers powers) {
      return analysis.isProportional(param, powers);
    });
    if (found == std::end(known))
      continue;
    auto multiple = largestMultiple(analysis, claim);
    if (!multiple)
      return std::nullopt;
    double factor =
        std::pow(*multiple, double(found->param) / found->operators);
    return EvolutionCertificate::Step{param.getName().str(), value,
                                      factor * value};
  }
  return std::nullopt;
}

/// What holds of one explicit step whose cells are averages, whatever the
/// numbers are.
static std::vector<Statement> cellsForAll(StepsOp steps,
                                          const Settings &settings) {
  CellRate cells(steps, settings);
  if (!cells.find() || cells.range().high() > 2)
    return {};
  return cells.statements();
}

/// Whether a claim about one explicit step holds whatever the numbers are.
static bool holdsForAll(StepsOp steps, const Claim &claim,
                        const Settings &settings) {
  if (claim.theorem == Theorem::Cells)
    return llvm::is_contained(cellsForAll(steps, settings), claim.statement);
  if (claim.theorem != Theorem::Explicit)
    return false;
  bool isNorm = claim.statement == Statement::Norm;
  RateFormula formula(steps, isNorm ? Measure::Norm : Measure::Distance,
                      settings);
  if (formula.isOfTwoLevels() || !formula.find() ||
      (isNorm && formula.isAffine()))
    return false;
  Interval range = formula.range();
  return range.low() >= 0 && range.high() <= 2;
}

/// Of one explicit step whose numbers only a run knows, but whose length a
/// bound that is made of them decides.
static std::vector<Claim> claimsForAll(StepsOp steps,
                                       const Settings &settings) {
  for (Statement statement : {Statement::Norm, Statement::Distance}) {
    Claim claim;
    claim.statement = statement;
    claim.theorem = Theorem::Explicit;
    claim.holds = claim.holdsForAll = holdsForAll(steps, claim, settings);
    if (claim.holds)
      return {claim};
  }
  std::vector<Claim> made;
  for (Statement statement : cellsForAll(steps, settings)) {
    made.emplace_back();
    made.back().statement = statement;
    made.back().theorem = Theorem::Cells;
    made.back().holds = made.back().holdsForAll = true;
  }
  return made;
}

//===----------------------------------------------------------------------===//
// Programs
//===----------------------------------------------------------------------===//

/// As the script's 'evolve' names what it carries; else as outputs do.
static std::vector<std::string> namesOf(Operation *evolution) {
  std::vector<std::string> names;
  if (auto named = evolution->getLoc()->findInstanceOf<NameLoc>()) {
    llvm::SmallVector<llvm::StringRef> parts;
    named.getName().getValue().split(parts, ", ");
    // Nothing is said of numbers beside the fields, as a time.
    bool isPaired = parts.size() == evolution->getNumResults();
    for (auto [i, part] : llvm::enumerate(parts))
      if (!isPaired || isa<FieldType>(evolution->getResult(i).getType()))
        names.push_back(part.str());
    return names;
  }
  for (Value result : evolution->getResults())
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
  const Claim &first = made.claims.front();
  // More than what the rounding of coefficients makes of zero.
  bool mayGrow = first.eigenvalues
                     ? first.eigenvalues->high() > 0x1p-40
                     : first.theorem == Theorem::Cells && first.growth;
  made.obstacle = first.theorem == Theorem::TwoLevels
                      ? "a root may lie outside of the unit disc"
                  : mayGrow ? "the operator may let a mode grow, however small "
                              "the step is"
                            : "the step is too large";
  made.obstaclePlace = made.place;
}

/// Where nothing holds because numbers come from an array.
static void explainArray(EvolutionCertificate &made, EntryOp entry) {
  auto array = entry.getArray().getDefiningOp<InputOp>();
  std::string name = array ? " '" + array.getName().str() + "'" : "";
  made.obstacle = "it has numbers from the array" + name +
                  ", whose entries are not known here: pdec check --weights "
                  "FILE.npz says them";
  made.obstaclePlace = placeOf(entry);
}

static EvolutionCertificate certifySteps(StepsOp steps, Detail detail) {
  EvolutionCertificate made;
  made.fields = namesOf(steps);
  made.place = placeOf(steps);
  Settings settings;
  Analysis analysis(steps, settings);
  made.claims = analysis.claims(detail);
  bool isCertain = false;
  if (!made.holds()) {
    auto certain = claimsForAll(steps, settings);
    isCertain = !certain.empty();
    made.claims.insert(made.claims.begin(), certain.begin(), certain.end());
  }
  if (made.holds() && detail == Detail::Warnings)
    return made;
  made.keepsMean = analysis.keepsMean();
  made.operators = analysis.operators();
  llvm::erase_if(made.operators, [](const OperatorUse &use) {
    return !std::isfinite(use.normSquared);
  });
  made.contraction = analysis.contraction();
  // Before others are met on the way to a limit.
  const Obstacle obstacle = analysis.obstacle();
  for (Claim &claim : made.claims)
    claim.holdsForAll =
        claim.holds && (isCertain || holdsForAll(steps, claim, settings));
  if (!made.claims.empty() && !isCertain) {
    const Claim *best = made.best();
    made.step = limitOf(steps, analysis, *best);
    for (Claim &claim : made.claims)
      if (claim.statement >= Statement::Range && &claim != best)
        if (auto step = limitOf(steps, analysis, claim))
          if (made.step && made.step->param == step->param)
            claim.limit = step->limit;
  }
  if (!made.holds())
    explain(made, obstacle);
  if (!made.holds() && analysis.entry())
    explainArray(made, analysis.entry());
  return made;
}

/// Of one that goes on until a condition holds.
static EvolutionCertificate uncertified(FixpointOp evolution) {
  EvolutionCertificate made;
  made.fields = namesOf(evolution);
  made.place = placeOf(evolution);
  made.obstacle = "it goes on until a condition holds, which is not analysed";
  return made;
}

Certificate certify(ModuleOp module, Detail detail) {
  Certificate made;
  for (ProgramOp program : module.getOps<ProgramOp>()) {
    made.program = program.getSymName().str();
    for (StepsOp steps : program.getBody().front().getOps<StepsOp>())
      if (steps.getEvolution())
        made.evolutions.push_back(certifySteps(steps, detail));
    program.walk([&](FixpointOp iteration) {
      if (iteration.getMeasure() == "evolution")
        made.evolutions.push_back(uncertified(iteration));
    });
    if (detail == Detail::All)
      llvm::append_range(made.estimates, estimateConvergence(program));
  }
  return made;
}

} // namespace pdec::analysis
