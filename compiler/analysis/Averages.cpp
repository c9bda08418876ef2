//===- Averages.cpp - norms by convexity ----------------------------------===//

#include "compiler/analysis/Averages.h"

#include <algorithm>

using namespace mlir;

namespace pdec::analysis {

/// Nothing is an average of stages that may be so many times as long.
static constexpr double hopeless = 1e6;

const Averages::Factors *Averages::factorsOf(ExpressionRef field) {
  const NumberSum *sum = form.numbersOf(field);
  if (!sum)
    return nullptr;
  affine |= sum->hasConstant;
  return &sum->terms;
}

/// How many operators are applied one after the other to make a field.
unsigned Averages::depthOf(ExpressionRef field) {
  auto [place, isNew] = depths.try_emplace(field, 0);
  if (!isNew)
    return place->second;
  unsigned depth = 0;
  for (unsigned number : field->atoms) {
    const Atom &atom = form.steps().atom(number);
    if (atom.argument)
      depth = std::max(depth, 1 + depthOf(atom.argument));
  }
  return depths[field] = depth;
}

/// The argument, made last, of the operators in a sum; null if there are none.
ExpressionRef Averages::latestArgument(const Factors &factors) {
  ExpressionRef latest = nullptr;
  for (const auto &[atom, factor] : factors) {
    if (!isOperator(atom))
      continue;
    const SymmetricOperator *op = form.operatorOf(atom);
    if (!op)
      return nullptr;
    if (!latest || depthOf(op->argument) > depthOf(latest))
      latest = op->argument;
  }
  return latest;
}

/// Takes all operators applied to a field out of a sum: contains the
/// eigenvalues of their sum.
std::optional<Interval> Averages::takeOperators(Factors &factors,
                                                ExpressionRef argument) {
  Interval range;
  for (auto place = factors.begin(); place != factors.end();) {
    const SymmetricOperator *op =
        isOperator(place->first) ? form.operatorOf(place->first) : nullptr;
    if (!op || op->argument != argument) {
      ++place;
      continue;
    }
    auto eigenvalues = form.eigenvaluesOf(*op, measure);
    if (!eigenvalues)
      return std::nullopt;
    affine |= op->hasValues;
    range += place->second * *eigenvalues;
    place = factors.erase(place);
  }
  return range;
}

/// The largest magnitude of `factor` plus an eigenvalue.
static Interval magnitude(const Interval &factor, const Interval &range) {
  return Interval(abs(factor + range).high());
}

std::optional<Interval> Averages::boundOfSolution(unsigned number) {
  auto found = solutions.find(number);
  if (found != solutions.end())
    return found->second;
  implicit = true;
  const Atom &solution = form.steps().atom(number);
  auto none = [&](const char *text) {
    form.obstruct(text, solution.op);
    return solutions[number] = std::nullopt;
  };
  const Factors *factors = factorsOf(solution.argument);
  if (!factors)
    return solutions[number] = std::nullopt;
  Factors pass = *factors;
  // v = own*v + A v + rest.
  Interval own;
  if (auto place = pass.find(number); place != pass.end()) {
    own = place->second;
    pass.erase(place);
  }
  ExpressionRef argument = nullptr;
  for (const auto &[atom, factor] : pass)
    if (isOperator(atom))
      if (const SymmetricOperator *op = form.operatorOf(atom))
        if (op->argument->kind == ExpressionKind::Atom &&
            op->argument->atom == number)
          argument = op->argument;
  Interval range;
  if (argument) {
    auto taken = takeOperators(pass, argument);
    if (!taken)
      return solutions[number] = std::nullopt;
    range = *taken;
  }
  Interval left = Interval(1) - own - Interval(range.high());
  if (!left.isPositive())
    return none("the iteration's equation may have no solution, or several");
  for (const auto &[atom, factor] : pass)
    if (form.isMadeOf(atom, number))
      return none("the iteration's equation is not linear in its result but "
                  "for one operator");
  auto rest = boundOf(pass);
  if (!rest)
    return solutions[number] = std::nullopt;
  return solutions[number] = Interval((*rest / left).high());
}

std::optional<Interval> Averages::boundOf(Factors factors) {
  Interval bound;
  while (ExpressionRef argument = latestArgument(factors)) {
    work += factors.size();
    if (work > mostWork) {
      form.obstruct("it has too many operations", nullptr);
      return std::nullopt;
    }
    auto range = takeOperators(factors, argument);
    if (!range)
      return std::nullopt;
    bool isAtom = argument->kind == ExpressionKind::Atom;
    if (isAtom && depthOf(argument) == 0) {
      // With all that is left of the level itself.
      Interval &own = factors[argument->atom];
      bound += magnitude(own, *range);
      factors.erase(argument->atom);
      continue;
    }
    const Factors *stage = factorsOf(argument);
    auto stageBound = boundOf(argument);
    if (!stageBound)
      return std::nullopt;
    if (areSame(factors, *stage))
      return Interval((bound + magnitude(1, *range) * *stageBound).high());
    // The least part of x for which x + A x is not longer than that part.
    Interval part(std::max(0.0, -range->low() / 2));
    bound += magnitude(part, *range) * *stageBound;
    for (const auto &[atom, factor] : *stage) {
      auto [place, isNew] = factors.try_emplace(atom, 0);
      place->second = place->second - part * factor;
    }
  }
  for (const auto &[atom, factor] : factors) {
    if (isOperator(atom))
      return std::nullopt; // an obstacle was found
    switch (form.steps().atom(atom).kind) {
    case Atom::Carried:
      bound += abs(factor);
      break;
    case Atom::Solution: {
      auto solution = boundOfSolution(atom);
      if (!solution)
        return std::nullopt;
      bound += abs(factor) * *solution;
      break;
    }
    default:
      form.obstructByAtom(atom);
      return std::nullopt;
    }
  }
  return Interval(bound.high());
}

std::optional<Interval> Averages::boundOf(ExpressionRef field) {
  auto found = bounds.find(field);
  if (found != bounds.end())
    return found->second;
  const Factors *factors = factorsOf(field);
  auto made = factors ? boundOf(*factors) : std::nullopt;
  // Where factors of stages grow from stage to stage, so would the numbers.
  if (made && made->high() > hopeless) {
    form.obstruct("the bounds of its stages grow from stage to stage", nullptr);
    made.reset();
  }
  return bounds[field] = made;
}

} // namespace pdec::analysis
