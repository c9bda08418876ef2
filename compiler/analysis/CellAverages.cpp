//===- CellAverages.cpp - values as averages of cells nearby --------------===//
//
// A step is taken apart from its end: the operators that are applied to the
// field that is made last give each cell something of its neighbours and take
// something of itself. As much of that field as they take must be in the sum;
// what it is made of is taken apart in turn.
//
//===----------------------------------------------------------------------===//

#include "compiler/analysis/CellAverages.h"

#include "compiler/analysis/Lines.h"

#include "llvm/ADT/STLExtras.h"

#include <algorithm>

using namespace mlir;

namespace pdec::analysis {

using Kind = ExpressionKind;

/// What the rounding of coefficients leaves of zero.
static constexpr double tiny = 0x1p-40;

std::nullopt_t CellAverages::none(const char *text, Operation *op) {
  form.obstruct(text, op);
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Factors
//===----------------------------------------------------------------------===//

static void add(ExpressionMap<Interval> &sum,
                const ExpressionMap<Interval> &other, const Interval &times) {
  for (const auto &[factor, number] : other) {
    Interval &place = sum[factor];
    place += times * number;
    if (place.isZero())
      sum.erase(factor);
  }
}

CellAverages::Combination CellAverages::product(const Combination &a,
                                                const Combination &b) {
  Combination made;
  work += a.size() * b.size();
  for (const auto &[x, first] : a)
    for (const auto &[y, second] : b) {
      ExpressionRef both = !x ? y : !y ? x : pool().make(Kind::Mul, {x, y});
      add(made, {{both, first * second}}, 1);
    }
  return made;
}

CellAverages::Combination CellAverages::combined(ExpressionRef factor) {
  if (factor->isConstant())
    return {{nullptr, factor->constant}};
  auto known = combinations.find(factor);
  if (known != combinations.end())
    return known->second;
  Combination made = takenApart(factor);
  // What has many terms stays as it is.
  if (made.size() > mostTerms)
    made = {{factor, 1}};
  return combinations[factor] = made;
}

CellAverages::Combination CellAverages::takenApart(ExpressionRef factor) {
  Combination made;
  switch (factor->kind) {
  case Kind::Neg:
    add(made, combined(factor->args[0]), -1);
    return made;
  case Kind::Add:
  case Kind::Sub:
    made = combined(factor->args[0]);
    add(made, combined(factor->args[1]), factor->kind == Kind::Sub ? -1 : 1);
    return made;
  case Kind::Mul:
    return product(combined(factor->args[0]), combined(factor->args[1]));
  case Kind::Div:
    if (factor->args[1]->isConstant()) {
      add(made, combined(factor->args[0]),
          Interval(1) / factor->args[1]->constant);
      return made;
    }
    break;
  default:
    break;
  }
  return {{factor, 1}};
}

Interval CellAverages::rangeOf(const Combination &combination) {
  Interval separate;
  ExpressionRef sum = pool().constant(0);
  for (const auto &[factor, number] : combination) {
    separate += factor ? number * form.rangeOf(factor) : number;
    ExpressionRef term = pool().constant(number);
    if (factor)
      term = pool().make(Kind::Mul, {term, factor});
    sum = pool().make(Kind::Add, {sum, term});
  }
  // One factor is in all cells what it is in this.
  unsigned factors = combination.size() - combination.count(nullptr);
  return factors < 2 || factors > mostTerms
             ? separate
             : intersection(separate, form.rangeOf(sum));
}

std::optional<CellAverages::Terms> CellAverages::termsOf(ExpressionRef field) {
  const Sum *sum = form.sumOf(field);
  if (!sum)
    return std::nullopt;
  affine |= sum->constant != nullptr;
  Terms terms;
  for (const auto &[number, factor] : sum->terms) {
    linear &= !factor->dependsOnState();
    terms[number] = combined(factor);
  }
  work += terms.size();
  return terms;
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

/// How many operators are applied one after the other to make a field.
unsigned CellAverages::depthOf(ExpressionRef field) {
  auto [place, isNew] = depths.try_emplace(field, 0);
  if (!isNew)
    return place->second;
  unsigned depth = 0;
  for (unsigned number : field->atoms)
    if (atom(number).isOperator())
      depth = std::max(depth, 1 + depthOf(atom(number).argument));
  return depths[field] = depth;
}

std::optional<CellAverages::Application>
CellAverages::applicationOf(unsigned number) {
  const Atom &what = atom(number);
  Application made;
  made.atom = number;
  if (what.kind == Atom::Adjoined) {
    made.flux = form.operatorOf(number);
    if (!made.flux)
      return std::nullopt;
    made.field = made.flux->argument;
    return made;
  }
  std::tie(made.field, made.inner) = withFactor(what.argument);
  return made;
}

/// All operators in a sum that are applied to the field that is made last.
std::optional<std::vector<CellAverages::Application>>
CellAverages::latest(const Terms &terms) {
  std::vector<Application> all;
  for (const auto &[number, factor] : terms)
    if (atom(number).isOperator()) {
      auto made = applicationOf(number);
      if (!made)
        return std::nullopt;
      all.push_back(*made);
    }
  if (all.empty())
    return all;
  auto last = std::max_element(all.begin(), all.end(),
                               [&](const Application &a, const Application &b) {
                                 return depthOf(a.field) < depthOf(b.field);
                               });
  ExpressionRef field = last->field;
  llvm::erase_if(all, [&](const Application &a) { return a.field != field; });
  return all;
}

/// What is beyond a side is then nothing, a value that is given or a cell.
static bool isPlain(const Operator::Side &side, bool hasValues) {
  bool isSlope = side.rule == pde::Boundary::Neumann && hasValues;
  return !side.innerRows &&
         (side.isZero() || side.isPeriodic() || (side.isMirror() && !isSlope));
}

static bool isMoved(const Operator &op, unsigned axis) {
  return llvm::any_of(op.offsets,
                      [&](const auto &offset) { return offset[axis] != 0; });
}

bool readsCells(const Operator &op, bool hasValues) {
  return op.allSides(
      [&](const Operator::Side &side) { return isPlain(side, hasValues); });
}

/// Whether that holds for the sides of all axes along which a stencil reads.
template <typename Holds>
static bool wherever(const Operator &op, const Holds &holds) {
  for (unsigned axis = 0; axis < op.rank(); ++axis)
    if (isMoved(op, axis) && !op.axes[axis].both(holds))
      return false;
  return true;
}

bool readsBeyond(const Operator &op) {
  return !wherever(op, [](const Operator::Side &side) {
    return side.isPeriodic() || side.isMirror();
  });
}

bool isShift(const Operator &op) {
  return wherever(op, [](const Operator::Side &side) {
    return side.isPeriodic() || side.isZero();
  });
}

std::string rulesOf(const Operator &op) {
  std::string text;
  for (const Operator::Axis &axis : op.axes)
    for (const Operator::Side *side : {&axis.low, &axis.high})
      text += std::to_string(int(side->rule)) + ',';
  return text;
}

std::pair<ExpressionRef, ExpressionRef> withFactor(ExpressionRef argument) {
  if (argument->kind == Kind::Mul)
    for (unsigned i : {0u, 1u})
      if (!argument->args[i]->dependsOnState())
        return {argument->args[1 - i], argument->args[i]};
  return {argument, nullptr};
}

bool CellAverages::addStencil(Row &row, const Application &what,
                              const Combination &factor) {
  const Atom &applied = atom(what.atom);
  const Operator &op = *applied.linear;
  if (!readsCells(op, applied.hasValues)) {
    form.obstruct(beyondSides, applied.op);
    return false;
  }
  Interval inner = what.inner ? form.rangeOf(what.inner) : Interval(1);
  bool isNumber = factor.size() == 1 && factor.count(nullptr);
  Interval outer = rangeOf(factor), sum;
  std::string rules = rulesOf(op);
  for (auto [offset, given] : llvm::zip(op.offsets, op.weights)) {
    Interval weight = given * op.scale * form.stretching();
    sum += weight;
    bool isCentre =
        llvm::all_of(offset, [](int64_t distance) { return distance == 0; });
    if (!isCentre)
      row.others[{rules, offset}] += weight * outer * inner;
    else
      add(row.centreFactors,
          what.inner ? product(factor, combined(what.inner)) : factor, weight);
  }
  bool isBalanced = sum.isZero();
  bool isConstant = !what.inner || what.inner->isConstant();
  rows &= isConstant;
  columns &= isNumber && (isConstant || isBalanced) &&
             (isShift(op) || (isConstant && form.isSymmetric(what.atom)));
  sides |= readsBeyond(op);
  values |= applied.hasValues;
  if (!isBalanced)
    row.sum += sum * outer * inner;
  return true;
}

const char *whyNoExchange(const SymmetricOperator &flux, bool hasValues) {
  const Operator &op = flux.linear;
  auto line = lineOf(op);
  if (!line || !(isFirstDifference(*line) || isCentral(*line)) ||
      !readsCells(op, hasValues))
    return "the operator of this flux is no difference of two cells";
  if (flux.isBiased)
    return "this flux is not zero between cells that are alike";
  const auto &gain = flux.gains[int(Measure::Norm)];
  if (!gain || !gain->isNonNegative())
    return "this flux may be one from less to more";
  return nullptr;
}

/// factor*K'GK takes the least from cells, and gives to others only, if K is a
/// difference of two cells.
bool CellAverages::addFlux(Row &row, const Application &what,
                           const Combination &factor) {
  const SymmetricOperator &flux = *what.flux;
  const Operator &op = flux.linear;
  const Atom &difference = atom(flux.difference);
  Interval outer = rangeOf(factor);
  const char *why = whyNoExchange(flux, difference.hasValues);
  if (!why && !outer.isNonPositive())
    why = "this flux may be one from less to more";
  if (why) {
    form.obstruct(why, atom(what.atom).op);
    return false;
  }
  auto line = lineOf(op);
  const auto &gain = flux.gains[int(Measure::Norm)];
  // Each of the cell's two differences takes that much.
  Interval weight = line->weights.begin()->second * op.scale;
  row.centre +=
      outer * hull(*gain, 0) * Interval(2) * square(weight) * form.stretching();
  linear &= flux.isLinear;
  columns &= factor.size() == 1 && factor.count(nullptr);
  sides |= readsBeyond(op);
  values |= difference.hasValues;
  return true;
}

std::optional<CellAverages::Row>
CellAverages::rowOf(const std::vector<Application> &all, Terms &terms) {
  Row row;
  for (const Application &what : all) {
    const Combination factor = terms[what.atom];
    terms.erase(what.atom);
    bool isBounded = rangeOf(factor).isBounded() &&
                     (!what.inner || form.rangeOf(what.inner).isBounded());
    if (!isBounded && !what.flux) {
      unbounded |= form.obstructUnbounded(factor.rbegin()->first, what.inner,
                                          atom(what.atom).op);
      return std::nullopt;
    }
    if (!(what.flux ? addFlux(row, what, factor)
                    : addStencil(row, what, factor)))
      return std::nullopt;
  }
  for (const auto &[place, factor] : row.others)
    if (!factor.isNonNegative())
      return none("a cell nearby may count with a negative factor",
                  atom(all.front().atom).op);
  row.centre += rangeOf(row.centreFactors);
  return row;
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

std::optional<Interval> CellAverages::totalOf(Terms terms) {
  Interval total;
  while (true) {
    auto all = latest(terms);
    if (!all)
      return std::nullopt;
    if (all->empty())
      break;
    if (work > mostWork)
      return none("it has too many operations", nullptr);
    work += terms.size();
    ExpressionRef field = all->front().field;
    auto row = rowOf(*all, terms);
    if (!row)
      return std::nullopt;
    bool isLevel =
        field->kind == Kind::Atom && atom(field->atom).kind == Atom::Carried;
    Operation *place = atom(all->front().atom).op;
    if (!row->centre.isBounded())
      return none("this flux is not bounded", place);
    Interval least(std::max(0.0, -row->centre.low()));
    if (isLevel) {
      Interval own = rangeOf(terms[field->atom]);
      terms.erase(field->atom);
      if (!own.isBounded())
        return none("the field has a factor with no bound", place);
      greedy |= own.low() < least.high() - tiny;
      total += own + row->sum;
      continue;
    }
    auto stage = termsOf(field);
    auto stageTotal = stage ? totalOf(field) : std::nullopt;
    if (!stageTotal)
      return std::nullopt;
    bool isAll =
        std::equal(terms.begin(), terms.end(), stage->begin(), stage->end(),
                   [](const auto &x, const auto &y) {
                     return x.first == y.first && areSame(x.second, y.second);
                   });
    Interval part = isAll ? Interval(1) : least;
    greedy |= part.low() < least.high() - tiny;
    total += (part + row->sum) * hull(*stageTotal, 1);
    for (const auto &[number, factor] : *stage) {
      add(terms[number], factor, -part);
      if (terms[number].empty())
        terms.erase(number);
    }
  }
  auto rest = totalOfRest(terms);
  return rest ? std::optional<Interval>(total + *rest) : std::nullopt;
}

/// Of levels and of what iterations converge to.
std::optional<Interval> CellAverages::totalOfRest(const Terms &terms) {
  Interval total;
  for (const auto &[number, factor] : terms) {
    Interval own = rangeOf(factor);
    const Atom &what = atom(number);
    if (what.kind != Atom::Carried && what.kind != Atom::Solution) {
      form.obstructByAtom(number);
      return std::nullopt;
    }
    if (!own.isBounded())
      return none("the field has a factor with no bound", what.op);
    greedy |= own.low() < -tiny;
    columns &= factor.empty() || (factor.size() == 1 && factor.count(nullptr));
    if (what.kind == Atom::Carried) {
      total += own;
      continue;
    }
    auto solution = totalOfSolution(number);
    if (!solution)
      return std::nullopt;
    total += own * *solution;
  }
  return total;
}

/// v = own*v + A v + rest: where v is largest, A v is not positive.
std::optional<Interval> CellAverages::totalOfSolution(unsigned number) {
  auto found = solutions.find(number);
  if (found != solutions.end())
    return found->second;
  solutions[number] = std::nullopt;
  implicit = true;
  auto terms = termsOf(atom(number).argument);
  if (!terms)
    return std::nullopt;
  Combination own = (*terms)[number];
  terms->erase(number);
  std::vector<Application> all;
  for (const auto &[other, factor] : *terms)
    if (atom(other).isOperator()) {
      auto made = applicationOf(other);
      if (!made)
        return std::nullopt;
      if (made->field->kind == Kind::Atom && made->field->atom == number)
        all.push_back(*made);
    }
  auto row = rowOf(all, *terms);
  if (!row)
    return std::nullopt;
  Interval left = Interval(1) - rangeOf(own) - row->sum;
  bool isOther = llvm::any_of(*terms, [&](const auto &term) {
    return form.isMadeOf(term.first, number);
  });
  if (!left.isPositive() || isOther)
    return none("the iteration's equation is not one of cells nearby",
                atom(number).op);
  auto rest = totalOf(*terms);
  if (!rest)
    return std::nullopt;
  return solutions[number] = *rest / left;
}

std::optional<Interval> CellAverages::totalOf(ExpressionRef field) {
  auto found = totals.find(field);
  if (found != totals.end())
    return found->second;
  auto terms = termsOf(field);
  auto made = terms ? totalOf(*terms) : std::nullopt;
  return totals[field] = made;
}

} // namespace pdec::analysis
