//===- Analysis.cpp - the proofs about one evolution ----------------------===//

#include "compiler/analysis/Analysis.h"

#include "compiler/analysis/Averages.h"
#include "compiler/analysis/CellAverages.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis {

/// What a norm may grow by in a step that is said to let it not grow: more than
/// the rounding of coefficients such as (2*j - 1)/j, whose sums should be 1.
static constexpr double one = 1 + 0x1p-40;

Place placeOf(Operation *op) { return op ? placeAt(op->getLoc()) : Place(); }

Place placeAt(Location location) {
  auto point = location->findInstanceOf<FileLineColLoc>();
  if (!point)
    return {};
  return {point.getFilename().str(), point.getLine(), point.getColumn()};
}

void Analysis::keepObstacle() {
  if (first.text.empty())
    first = form.obstacle();
  if (!form.obstacle().text.empty())
    latest = form.obstacle();
  form.forgetObstacle();
}

static constexpr char addsData[] =
    "data or values of sides are added in each step";

/// Where the norm may grow by what is added it is the distance of two solutions
/// that counts.
void Analysis::addObstacle() {
  if (first.text == addsData && latest.text != addsData)
    first = {first.text + std::string(", and of distances: ") + latest.text,
             latest.op};
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

double Analysis::Condition::guessedMultiple() const {
  double factor = 0x1p20;
  for (const Rational &r : bounded)
    factor = std::min(factor, guessedEnd(r, one));
  for (const Rational &r : nonNegative)
    for (const Polynomial &part : {r.numerator, r.denominator})
      factor = std::min(factor, part.guessedEnd());
  return factor;
}

std::optional<double> Analysis::guessedMultiple() const {
  if (!condition)
    return std::nullopt;
  return condition->guessedMultiple();
}

bool Analysis::prove(const Spectral &spectral, Condition what) {
  bool holds = what.holds(1);
  const Interval &range = spectral.eigenvalues();
  condition.reset();
  if (range.low() == 0 || range.high() == 0)
    condition = std::move(what);
  return holds;
}

bool Analysis::holdsStretched(const Claim &claim, double factor) {
  if (condition)
    return condition->holds(factor);
  form.stretch(factor);
  auto longer = isByCells      ? byCells(claim.statement)
                : isByAverages ? byAverages(claim.statement == Statement::Norm
                                                ? Measure::Norm
                                                : Measure::Distance)
                               : findClaim(claim.statement);
  form.stretch(std::nullopt);
  form.forgetObstacle();
  condition.reset();
  return longer && longer->holds;
}

bool Analysis::isProportional(ParamOp param, Proportion::Powers powers) {
  auto number = reader.numberOf(param);
  return number && Proportion(form, *number, powers).holdsFor(reader.levels());
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

/// A claim about a norm or a distance, still to be proved. Where something is
/// added in each step, there is none about the norm.
std::optional<Claim> Analysis::beginClaim(Measure measure, bool isAffine) {
  Claim made;
  made.statement =
      measure == Measure::Norm ? Statement::Norm : Statement::Distance;
  if (measure == Measure::Distance || !isAffine)
    return made;
  form.obstruct(addsData, nullptr);
  return std::nullopt;
}

std::optional<Claim> Analysis::byOneOperator(Measure measure) {
  Spectral spectral(form, measure);
  auto functions = spectral.of(reader.levels()[0]);
  if (!functions)
    return std::nullopt;
  auto made = beginClaim(measure, spectral.isAffine());
  if (!made)
    return std::nullopt;
  Rational function;
  for (const auto &[atom, own] : *functions)
    function = own; // there is one level
  made->theorem = spectral.isImplicit()   ? Theorem::Implicit
                  : spectral.isExplicit() ? Theorem::Explicit
                                          : Theorem::OneOperator;
  made->holds = prove(spectral, {{function}, {}});
  isOfDifferences = spectral.isLinear() && !spectral.isAffine();
  if (!made->holds)
    made->growth = leastBound(function);
  if (made->theorem == Theorem::Explicit)
    made->eigenvalues = explicitRange(spectral);
  return made;
}

/// Of u + factor*A u: contains the eigenvalues of factor*A.
std::optional<Interval> Analysis::explicitRange(const Spectral &spectral) {
  Interval own;
  std::optional<Interval> factor;
  for (const auto &[atom, part] : rates()) {
    if (reader.atom(atom).kind == Atom::Carried)
      own = part;
    else if (!factor)
      factor = part;
    else if (!factor->isSame(part))
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
  auto made = beginClaim(measure, averages.isAffine());
  if (!made)
    return std::nullopt;
  made->theorem = averages.isImplicit() ? Theorem::Implicit : Theorem::Averages;
  made->holds = bound->high() <= one;
  if (!made->holds && std::isfinite(bound->high()))
    made->growth = bound->high();
  return made;
}

/// How often a step applies operators.
unsigned Analysis::numApplications() {
  unsigned count = 0;
  for (unsigned number = 0; number < reader.pool().numAtoms(); ++number)
    count += reader.atom(number).isOperator();
  return count;
}

/// Polynomials of such degrees take some time, and too long.
static constexpr unsigned highDegree = 64, highestDegree = 256;

std::optional<Claim> Analysis::oneLevel(Measure measure) {
  unsigned degree = numApplications();
  if (degree > highDegree) {
    // Where each stage is short enough, that is all there is to prove.
    auto stages = byAverages(measure);
    bool holds = stages && stages->holds;
    if (degree > highestDegree && !holds) {
      form.forgetObstacle();
      form.obstruct("a step applies operators more than 256 times, and is no "
                    "average of explicit steps",
                    nullptr);
    }
    if (degree > highestDegree || holds) {
      keepObstacle();
      isByAverages = true;
      return stages;
    }
    form.forgetObstacle();
  }
  auto claim = byOneOperator(measure);
  keepObstacle();
  isByAverages = false;
  if (claim && claim->holds)
    return claim;
  auto found = condition;
  auto other = byAverages(measure);
  form.forgetObstacle();
  isByAverages = !claim || (other && other->holds);
  if (isByAverages)
    return other;
  condition = std::move(found);
  return claim;
}

//===----------------------------------------------------------------------===//
// Cells
//===----------------------------------------------------------------------===//

/// What is said of cells' values that are averages.
Statement Analysis::rangeOf(const CellAverages &cells, const Interval &total) {
  if (!cells.isOfRows())
    return Statement::NonNegative;
  if (cells.hasSides())
    return Statement::RangeOfSides;
  bool isWhole = (total - Interval(1)).low() >= 1 - one;
  return isWhole ? Statement::Range : Statement::RangeOfZero;
}

/// A statement about the norm, a distance or the range of a step whose cells
/// are averages of cells.
std::optional<Claim> Analysis::byCells(Statement statement) {
  if (numApplications() > highestDegree)
    return std::nullopt;
  CellAverages cells(form);
  auto total = cells.totalOf(reader.levels()[0]);
  if (cells.isUnbounded() && ofBounds.text.empty())
    ofBounds = form.obstacle();
  bool isDistance = statement == Statement::Distance;
  if (!total || (isDistance ? !cells.isLinear() : cells.isAffine()))
    return std::nullopt;
  Claim made;
  made.theorem = cells.isImplicit() ? Theorem::Implicit : Theorem::Cells;
  made.statement = statement;
  if (statement >= Statement::Range)
    made.statement = rangeOf(cells, *total);
  else if (!cells.isOfRows() || !cells.isOfColumns() ||
           (!isDistance && cells.hasValuesOfSides()))
    return std::nullopt;
  bool isBounded = made.statement != Statement::NonNegative;
  made.holds = !cells.takesTooMuch() && (!isBounded || total->high() <= one);
  if (!made.holds && !cells.takesTooMuch() && std::isfinite(total->high()))
    made.growth = total->high();
  return made;
}

//===----------------------------------------------------------------------===//
// Two levels
//===----------------------------------------------------------------------===//

/// z^2 - T z + D has its roots in the closed unit disc iff |D| <= 1 and
/// |T| <= 1 + D.
std::optional<Claim> Analysis::twoLevels() {
  isByAverages = false;
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
  if (statement == Statement::FrozenRoots)
    statement = Statement::Roots;
  if (statement > Statement::Range)
    statement = Statement::Range;
  auto place = known.find(statement);
  if (place == known.end()) {
    isOfDifferences = false;
    auto found = findClaim(statement);
    place = known
                .emplace(statement,
                         Found{found, condition, isByAverages, isByCells})
                .first;
    // For a linear step both are the same numbers.
    if (statement == Statement::Norm && isOfDifferences) {
      found->statement = Statement::Distance;
      known.emplace(Statement::Distance,
                    Found{found, condition, isByAverages, isByCells});
    }
  }
  condition = place->second.condition;
  isByAverages = place->second.isByAverages;
  isByCells = place->second.isByCells;
  return place->second.claim;
}

std::optional<Claim> Analysis::findClaim(Statement statement) {
  isByCells = false;
  switch (statement) {
  case Statement::Norm:
  case Statement::Distance: {
    auto found = oneLevel(statement == Statement::Norm ? Measure::Norm
                                                       : Measure::Distance);
    if (found && found->holds)
      return found;
    Obstacle before = form.obstacle();
    auto other = byCells(statement);
    if (found && !(other && other->holds)) {
      form.forgetObstacle();
      form.obstruct(before.text, before.op);
      return found;
    }
    isByCells = true;
    condition.reset();
    return other;
  }
  case Statement::Range:
  case Statement::RangeOfZero:
  case Statement::RangeOfSides:
  case Statement::NonNegative:
    isByCells = true;
    condition.reset();
    return byCells(statement);
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
  if (reader.levels().size() > 2)
    for (ExpressionRef level : reader.levels())
      form.numbersOf(level);
  keepObstacle();
  if (reader.levels().size() == 1)
    statements = {Statement::Norm, Statement::Distance, Statement::Range};
  else if (reader.levels().size() == 2)
    statements = {Statement::Roots};
  else if (first.text.empty())
    first.text = "statements about more than two fields are not known";
  for (Statement statement : statements) {
    auto found = claim(statement);
    keepObstacle();
    if (statement == Statement::Distance && !(found && found->holds))
      addObstacle();
    if (!found)
      continue;
    made.push_back(*found);
    if (found->holds && detail == Detail::Warnings)
      break;
  }
  if (made.empty() && !ofBounds.text.empty())
    first = ofBounds;
  return made;
}

//===----------------------------------------------------------------------===//
// Means
//===----------------------------------------------------------------------===//

/// Whether an operator's value has the mean zero.
bool Analysis::givesNoMean(unsigned number) {
  const Atom &atom = reader.atom(number);
  if (!atom.isOperator())
    return false;
  if (atom.kind == Atom::Applied && atom.linear->givesNoMean())
    return true;
  if (!atom.linear->annihilatesConstants())
    return false;
  // A stencil is its own transpose if it is symmetric.
  return atom.kind == Atom::Adjoined ||
         (!atom.hasValues && form.operatorOf(number));
}

/// What a field is times the mean of the level; nothing if the mean of
/// something in it is not known. The field may be what a pass makes of an
/// iteration's result, `open`: then this is of the result.
std::optional<Interval> Analysis::meanOf(ExpressionRef field,
                                         std::optional<unsigned> open) {
  const NumberSum *sum = form.numbersOf(field);
  if (!sum || sum->hasConstant)
    return std::nullopt;
  Interval mean, own;
  for (const auto &[number, factor] : sum->terms) {
    const Atom &atom = reader.atom(number);
    if (number == open) {
      own = factor;
    } else if (atom.kind == Atom::Carried) {
      mean += factor;
    } else if (atom.kind == Atom::Solution && !open) {
      auto solution = meanOf(atom.argument, number);
      if (!solution)
        return std::nullopt;
      mean += factor * *solution;
    } else if (!givesNoMean(number)) {
      return std::nullopt;
    }
  }
  return mean / (Interval(1) - own);
}

bool Analysis::keepsMean() {
  if (reader.levels().size() != 1)
    return false;
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
  const NumberSum *sum = form.numbersOf(reader.levels()[0]);
  return sum ? sum->terms : std::map<unsigned, Interval>();
}

std::optional<double> Analysis::contraction() {
  std::optional<double> worst;
  for (unsigned number = 0; number < reader.pool().numAtoms(); ++number) {
    const Atom &atom = reader.atom(number);
    if (atom.kind != Atom::Solution)
      continue;
    const NumberSum *pass = form.numbersOf(atom.argument);
    if (!pass)
      return std::nullopt;
    Interval range;
    for (const auto &[inner, factor] : pass->terms) {
      if (inner == number) {
        range += factor;
      } else if (form.isMadeOf(inner, number)) {
        const SymmetricOperator *op = form.operatorOf(inner);
        bool isOfResult = op && op->argument->kind == ExpressionKind::Atom &&
                          op->argument->atom == number;
        auto eigenvalues = isOfResult
                               ? form.eigenvaluesOf(*op, Measure::Distance)
                               : std::nullopt;
        if (!eigenvalues)
          return std::nullopt;
        range += factor * *eigenvalues;
      }
    }
    worst = std::max(worst.value_or(0), abs(range).high());
  }
  return worst;
}

} // namespace pdec::analysis
