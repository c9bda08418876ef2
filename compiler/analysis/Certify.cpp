//===- Certify.cpp - what is proved of a program's steps ------------------===//

#include "compiler/analysis/Averages.h"
#include "compiler/analysis/Certificate.h"
#include "compiler/analysis/Spectral.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis {

/// What a norm may grow by in a step that is said to let it not grow: more than
/// the rounding of coefficients such as (2*j - 1)/j, whose sums should be 1.
static constexpr double one = 1 + 0x1p-40;
/// Of the numbers in a step; polynomials need more than their values have.
static constexpr unsigned bits = 384;

static Place placeOf(Operation *op) {
  Place place;
  if (!op)
    return place;
  op->getLoc()->walk([&](Location location) {
    auto point = dyn_cast<FileLineColLoc>(location);
    if (!point)
      return WalkResult::advance();
    place = {point.getFilename().str(), point.getLine(), point.getColumn()};
    return WalkResult::interrupt();
  });
  return place;
}

namespace {

/// One evolution with one set of numbers.
class Analysis {
public:
  Analysis(StepsOp steps, Settings settings)
      : precision(bits), reader(steps, std::move(settings)), form(reader) {}

  /// All claims that are known how to prove for so many levels.
  std::vector<Claim> claims(Detail detail);
  /// The claims of one statement only.
  std::optional<Claim> claim(Statement statement);
  /// Whether the last claim holds for steps that are so many times as long;
  /// nothing where that does not follow from what was found.
  std::optional<bool> holdsStretched(double factor);
  /// Whether the last claim of `longer` is that of this step, so many times as
  /// long.
  bool isStretched(const Analysis &longer, double factor) const;
  bool keepsMean();
  std::vector<OperatorUse> operators();
  /// The factors of what operators give, of the first level.
  std::map<unsigned, Interval> rates();
  /// How much an iteration's pass contracts at least.
  std::optional<double> contraction();
  const Obstacle &obstacle() const { return first; }

private:
  Precision precision;
  StepReader reader;
  StepForm form;
  Obstacle first;
  /// The last claim as a condition on functions of one operator's eigenvalues,
  /// of which an end is zero: then a longer step is a wider range.
  struct Condition {
    std::vector<Rational> bounded, nonNegative;
    bool holds(double factor) const;
    bool isClose(const Condition &other, double stretched) const;
  };
  std::optional<Condition> condition;

  std::optional<Claim> byOneOperator(Measure measure);
  bool prove(const Spectral &spectral, Condition what);
  std::optional<Interval> explicitRange(const Spectral &spectral);
  std::optional<Claim> byAverages(Measure measure);
  std::optional<Claim> oneLevel(Measure measure);
  std::optional<Claim> twoLevels();
  std::optional<Interval> meanOf(ExpressionRef field);
  void keepObstacle();
};

} // namespace

void Analysis::keepObstacle() {
  if (first.text.empty())
    first = form.obstacle();
  form.forgetObstacle();
}

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

bool Analysis::Condition::holds(double factor) const {
  return llvm::all_of(bounded,
                      [&](const Rational &r) {
                        return isAtMost(r.stretched(factor), one);
                      }) &&
         llvm::all_of(nonNegative, [&](const Rational &r) {
           Rational stretched = r.stretched(factor);
           return stretched.denominator.isNonNegative() &&
                  stretched.numerator.isNonNegative();
         });
}

bool Analysis::Condition::isClose(const Condition &other,
                                  double stretched) const {
  auto areClose = [&](const std::vector<Rational> &a,
                      const std::vector<Rational> &b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](const Rational &x, const Rational &y) {
                        Rational wide = x.stretched(stretched);
                        return wide.numerator.isClose(y.numerator) &&
                               wide.denominator.isClose(y.denominator);
                      });
  };
  return areClose(bounded, other.bounded) &&
         areClose(nonNegative, other.nonNegative);
}

bool Analysis::isStretched(const Analysis &longer, double factor) const {
  return condition && longer.condition &&
         condition->isClose(*longer.condition, factor);
}

bool Analysis::prove(const Spectral &spectral, Condition what) {
  bool holds = what.holds(1);
  const Interval &range = spectral.eigenvalues();
  condition.reset();
  if (range.low() == 0 || range.high() == 0)
    condition = std::move(what);
  return holds;
}

std::optional<bool> Analysis::holdsStretched(double factor) {
  if (!condition)
    return std::nullopt;
  return condition->holds(factor);
}

//===----------------------------------------------------------------------===//
// One level
//===----------------------------------------------------------------------===//

/// The least bound of |r|, to a thousandth; nothing above a million.
static std::optional<double> leastBound(const Rational &function) {
  double low = 1, high = 1e6;
  if (!isAtMost(function, high))
    return std::nullopt;
  while (high > low * 1.001) {
    double middle = std::sqrt(low) * std::sqrt(high);
    (isAtMost(function, middle) ? high : low) = middle;
  }
  return high;
}

std::optional<Claim> Analysis::byOneOperator(Measure measure) {
  Spectral spectral(form, measure);
  auto functions = spectral.of(reader.levels()[0]);
  if (!functions)
    return std::nullopt;
  if (measure == Measure::Norm && spectral.isAffine()) {
    form.obstruct("data or values of sides are added in each step", nullptr);
    return std::nullopt;
  }
  Rational function;
  for (const auto &[atom, own] : *functions)
    function = own; // there is one level
  Claim made;
  made.statement =
      measure == Measure::Norm ? Statement::Norm : Statement::Distance;
  made.theorem = spectral.isImplicit()   ? Theorem::Implicit
                 : spectral.isExplicit() ? Theorem::Explicit
                                         : Theorem::OneOperator;
  made.holds = prove(spectral, {{function}, {}});
  if (!made.holds)
    made.growth = leastBound(function);
  if (made.theorem == Theorem::Explicit)
    if (auto all = explicitRange(spectral))
      made.eigenvalues = all;
  return made;
}

/// Of u + factor*A u: contains the eigenvalues of factor*A.
std::optional<Interval> Analysis::explicitRange(const Spectral &spectral) {
  const Sum *sum = form.sumOf(reader.levels()[0]);
  Interval own, all;
  std::optional<Interval> factor;
  for (const auto &[atom, part] : sum->terms) {
    if (reader.atom(atom).kind == Atom::Carried)
      own = part->constant;
    else if (!factor)
      factor = part->constant;
    else if (!factor->isSame(part->constant))
      return std::nullopt;
  }
  if (!own.isCertainly(1) || !factor)
    return std::nullopt;
  return *factor * spectral.eigenvalues();
}

std::optional<Claim> Analysis::byAverages(Measure measure) {
  condition.reset();
  Averages averages(form, measure);
  auto bound = averages.boundOf(reader.levels()[0]);
  if (!bound)
    return std::nullopt;
  if (measure == Measure::Norm && averages.isAffine()) {
    form.obstruct("data or values of sides are added in each step", nullptr);
    return std::nullopt;
  }
  Claim made;
  made.statement =
      measure == Measure::Norm ? Statement::Norm : Statement::Distance;
  made.theorem = averages.isImplicit() ? Theorem::Implicit : Theorem::Averages;
  made.holds = bound->high() <= one;
  if (!made.holds && std::isfinite(bound->high()))
    made.growth = bound->high();
  return made;
}

std::optional<Claim> Analysis::oneLevel(Measure measure) {
  auto claim = byOneOperator(measure);
  keepObstacle();
  if (claim && claim->holds)
    return claim;
  auto found = condition;
  auto other = byAverages(measure);
  form.forgetObstacle();
  if (!claim || (other && other->holds))
    return other;
  condition = std::move(found);
  return claim;
}

//===----------------------------------------------------------------------===//
// Two levels
//===----------------------------------------------------------------------===//

/// z^2 - T z + D has its roots in the closed unit disc iff |D| <= 1 and
/// |T| <= 1 + D.
std::optional<Claim> Analysis::twoLevels() {
  Spectral spectral(form, Measure::Norm);
  Rational entries[2][2];
  for (unsigned row : {0u, 1u}) {
    auto functions = spectral.of(reader.levels()[row]);
    if (!functions)
      return std::nullopt;
    for (const auto &[atom, function] : *functions)
      entries[row][reader.atom(atom).index] = function;
  }
  Rational trace = entries[0][0] + entries[1][1];
  Rational determinant =
      entries[0][0] * entries[1][1] - entries[0][1] * entries[1][0];
  Rational margin = {Polynomial(Interval(one)), Polynomial(Interval(1))};
  Rational sum = margin + determinant;
  Claim made;
  made.statement =
      spectral.isLinear() ? Statement::Roots : Statement::FrozenRoots;
  made.theorem = Theorem::TwoLevels;
  made.holds = prove(spectral, {{determinant}, {sum - trace, sum + trace}});
  return made;
}

//===----------------------------------------------------------------------===//
// Claims
//===----------------------------------------------------------------------===//

std::optional<Claim> Analysis::claim(Statement statement) {
  switch (statement) {
  case Statement::Norm:
    return oneLevel(Measure::Norm);
  case Statement::Distance:
    return oneLevel(Measure::Distance);
  case Statement::Roots:
  case Statement::FrozenRoots:
    return twoLevels();
  }
  llvm_unreachable("a statement");
}

std::vector<Claim> Analysis::claims(Detail detail) {
  std::vector<Claim> made;
  if (reader.levels().empty()) {
    first.text = "a step has too many operations, or carries no field";
    return made;
  }
  if (reader.numNumbers()) {
    first.text = "a step carries numbers that are made of fields";
    return made;
  }
  std::vector<Statement> statements;
  if (reader.levels().size() == 1)
    statements = {Statement::Norm, Statement::Distance};
  else if (reader.levels().size() == 2)
    statements = {Statement::Roots};
  else
    first.text = "statements about more than two levels are not known";
  for (Statement statement : statements) {
    auto found = claim(statement);
    keepObstacle();
    if (!found)
      continue;
    made.push_back(*found);
    if (found->holds && detail == Detail::Warnings)
      break;
  }
  return made;
}

//===----------------------------------------------------------------------===//
// Means
//===----------------------------------------------------------------------===//

/// What a step multiplies the mean by; nothing if the mean of something is not
/// known.
std::optional<Interval> Analysis::meanOf(ExpressionRef field) {
  const Sum *sum = form.sumOf(field);
  if (!sum || sum->constant)
    return std::nullopt;
  Interval mean;
  for (const auto &[number, factor] : sum->terms) {
    const Atom &atom = reader.atom(number);
    if (!factor->isConstant())
      return std::nullopt;
    switch (atom.kind) {
    case Atom::Carried:
      mean += factor->constant;
      continue;
    case Atom::Adjoined:
      if (!atom.linear->annihilatesConstants())
        return std::nullopt;
      continue;
    case Atom::Applied:
      if (atom.hasValues || !spectrum(*atom.linear) ||
          !atom.linear->annihilatesConstants())
        return std::nullopt;
      continue;
    case Atom::Solution: {
      const Sum *pass = form.sumOf(atom.argument);
      if (!pass)
        return std::nullopt;
      // v = own*v + rest.
      auto own = pass->terms.find(number);
      Sum rest = *pass;
      Interval left = 1;
      if (own != pass->terms.end()) {
        if (!own->second->isConstant())
          return std::nullopt;
        left = Interval(1) - own->second->constant;
        rest.terms.erase(number);
      }
      Interval others;
      for (const auto &[inner, part] : rest.terms) {
        const Atom &other = reader.atom(inner);
        bool isKnown = part->isConstant() && !rest.constant;
        bool vanishes = (other.kind == Atom::Adjoined ||
                         (other.kind == Atom::Applied && !other.hasValues &&
                          spectrum(*other.linear))) &&
                        other.linear->annihilatesConstants();
        if (!isKnown || (!vanishes && other.kind != Atom::Carried))
          return std::nullopt;
        if (!vanishes)
          others += part->constant;
      }
      mean += factor->constant * others / left;
      continue;
    }
    default:
      return std::nullopt;
    }
  }
  return mean;
}

bool Analysis::keepsMean() {
  if (reader.levels().size() != 1)
    return false;
  Obstacle before = form.obstacle();
  auto mean = meanOf(reader.levels()[0]);
  return mean && abs(*mean - Interval(1)).high() <= one - 1;
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

std::vector<OperatorUse> Analysis::operators() {
  std::vector<OperatorUse> made;
  for (const auto &[atom, op] : form.found()) {
    if (!op)
      continue;
    OperatorUse use;
    use.name = op->linear.name();
    use.rules = op->linear.rules();
    use.bound = op->norm;
    use.normSquared = op->normSquared;
    use.gain = op->gains[int(Measure::Norm)];
    use.slopes = op->gains[int(Measure::Distance)];
    use.place = placeOf(reader.atom(atom).op);
    bool isKnown = llvm::any_of(made, [&](const OperatorUse &other) {
      return other.name == use.name && other.normSquared == use.normSquared &&
             other.place.line == use.place.line &&
             other.place.column == use.place.column;
    });
    if (!isKnown)
      made.push_back(std::move(use));
  }
  return made;
}

std::map<unsigned, Interval> Analysis::rates() {
  std::map<unsigned, Interval> made;
  if (reader.levels().empty())
    return made;
  const Sum *sum = form.sumOf(reader.levels()[0]);
  if (!sum)
    return made;
  for (const auto &[atom, factor] : sum->terms)
    made[atom] = factor->isConstant() ? factor->constant : Interval::whole();
  return made;
}

std::optional<double> Analysis::contraction() {
  std::optional<double> worst;
  for (unsigned number = 0; number < reader.pool().numAtoms(); ++number) {
    const Atom &atom = reader.atom(number);
    if (atom.kind != Atom::Solution)
      continue;
    const Sum *pass = form.sumOf(atom.argument);
    if (!pass)
      return std::nullopt;
    Interval range;
    for (const auto &[inner, factor] : pass->terms) {
      if (!factor->isConstant())
        return std::nullopt;
      if (inner == number) {
        range += factor->constant;
      } else if (form.isMadeOf(inner, number)) {
        const SymmetricOperator *op = form.operatorOf(inner);
        bool isOfResult = op && op->argument->kind == ExpressionKind::Atom &&
                          op->argument->atom == number;
        if (!isOfResult || !op->eigenvalues[int(Measure::Distance)])
          return std::nullopt;
        range += factor->constant * *op->eigenvalues[int(Measure::Distance)];
      }
    }
    worst = std::max(worst.value_or(0), abs(range).high());
  }
  return worst;
}

//===----------------------------------------------------------------------===//
// Limits
//===----------------------------------------------------------------------===//

namespace {

/// Finds the parameter that the step is proportional to, and how large it may
/// be.
class StepLimit {
public:
  StepLimit(StepsOp steps, const Settings &settings, const Claim &best)
      : steps(steps), settings(settings), best(best), base(steps, settings) {}

  std::optional<EvolutionCertificate::Step> find();

private:
  StepsOp steps;
  const Settings &settings;
  const Claim &best;
  Analysis base;

  Settings with(ParamOp param, double value);
  bool isProportional(ParamOp param, double value);
  bool holdsAt(ParamOp param, double value, double factor);
  std::optional<double> largestFactor(ParamOp param, double value);
  bool isConfirmed(ParamOp param, double limit);
};

} // namespace

Settings StepLimit::with(ParamOp param, double value) {
  Settings changed = settings;
  changed.params[param.getName()] = value;
  return changed;
}

/// Whether twice the parameter is a step twice as long, all else as it is. For
/// averages only what operators give in the last stage is compared, since each
/// step is then looked at by itself.
bool StepLimit::isProportional(ParamOp param, double value) {
  Analysis twice(steps, with(param, 2 * value));
  auto other = twice.claim(best.statement);
  if (!other)
    return false;
  auto isTwice = [](const Interval &once, const Interval &doubled) {
    Interval ratio = doubled / once;
    return ratio.contains(2) && ratio.high() - ratio.low() < 1e-9;
  };
  if (best.eigenvalues)
    return other->eigenvalues &&
           std::abs(other->eigenvalues->low() / (2 * best.eigenvalues->low()) -
                    1) < 1e-12;
  if (best.theorem != Theorem::Averages)
    return base.isStretched(twice, 2);
  auto a = base.rates(), b = twice.rates();
  bool isAny = false;
  if (a.size() != b.size())
    return false;
  for (auto [first, second] : llvm::zip(a, b)) {
    if (first.first != second.first)
      return false;
    if (first.second.isSame(second.second))
      continue;
    if (!isTwice(first.second, second.second))
      return false;
    isAny = true;
  }
  return isAny;
}

bool StepLimit::holdsAt(ParamOp param, double value, double factor) {
  if (auto known = base.holdsStretched(factor))
    return *known;
  Analysis analysis(steps, with(param, value * factor));
  auto claim = analysis.claim(best.statement);
  return claim && claim->holds;
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
  for (int i = 0; i < 20 && !holdsAt(param, value, low); ++i)
    low /= 2;
  if (!holdsAt(param, value, low))
    return std::nullopt;
  for (int i = 0; i < 20 && holdsAt(param, value, high); ++i)
    high *= 2;
  if (holdsAt(param, value, high))
    return INFINITY;
  while (high - low > 1e-5 * low) {
    double middle = low + (high - low) / 2;
    (holdsAt(param, value, middle) ? low : high) = middle;
  }
  return low;
}

/// Whether the claim holds at a value of the parameter, and at some below it,
/// for what the step is with these values.
bool StepLimit::isConfirmed(ParamOp param, double limit) {
  static constexpr int parts = 8;
  for (int part = 1; part <= parts; ++part) {
    Analysis analysis(steps, with(param, limit * part / parts));
    auto claim = analysis.claim(best.statement);
    if (!claim || !claim->holds)
      return false;
  }
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
  if (!made.holds())
    explain(made, analysis.obstacle());
  if (!made.claims.empty()) {
    auto best = llvm::find_if(made.claims,
                              [](const Claim &claim) { return claim.holds; });
    if (best == made.claims.end())
      best = made.claims.begin();
    made.step = StepLimit(steps, settings, *best).find();
  }
  return made;
}

Certificate certify(ModuleOp module, Detail detail) {
  Certificate made;
  for (ProgramOp program : module.getOps<ProgramOp>()) {
    made.program = program.getSymName().str();
    for (StepsOp steps : program.getBody().front().getOps<StepsOp>())
      if (steps.getEvolution())
        made.evolutions.push_back(certifySteps(steps, detail));
  }
  return made;
}

} // namespace pdec::analysis
