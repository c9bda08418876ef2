//===- Spectral.cpp - steps of one symmetric operator ---------------------===//

#include "compiler/analysis/Spectral.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace pdec::analysis {

static void add(Spectral::Functions &sum, const Spectral::Functions &other,
                const Rational &factor) {
  for (const auto &[atom, function] : other) {
    auto [place, isNew] = sum.try_emplace(atom, factor * function);
    if (!isNew)
      place->second = place->second + factor * function;
  }
}

static Rational rational(const Interval &number) {
  return {Polynomial(number), Polynomial(Interval(1))};
}

std::optional<Spectral::Functions> Spectral::of(ExpressionRef field) {
  // In terms of a solution that is being found nothing is known for good.
  if (!open.empty())
    return find(field);
  auto found = known.find(field);
  if (found == known.end())
    found = known.emplace(field, find(field)).first;
  return found->second;
}

/// An iteration's result v = r v + s: then v = s/(1 - r).
std::optional<Spectral::Functions> Spectral::solve(unsigned atom) {
  auto found = solutions.find(atom);
  if (found != solutions.end())
    return found->second;
  implicit = true;
  open.push_back(atom);
  std::optional<Functions> pass = find(form.steps().atom(atom).argument);
  open.pop_back();
  if (!pass)
    return solutions[atom] = std::nullopt;
  Rational rest = rational(1);
  if (auto own = pass->find(atom); own != pass->end()) {
    rest = rest - own->second;
    pass->erase(own);
  }
  Functions made;
  add(made, *pass, rational(1) / rest);
  return solutions[atom] = std::move(made);
}

bool Spectral::addAtom(Functions &sum, unsigned atom, const Interval &factor) {
  const Atom &what = form.steps().atom(atom);
  bool isOpen = llvm::is_contained(open, atom);
  if (what.kind == Atom::Carried || isOpen) {
    add(sum, {{atom, rational(1)}}, rational(factor));
    return true;
  }
  if (what.kind != Atom::Solution) {
    form.obstructByAtom(atom);
    return false;
  }
  auto solution = solve(atom);
  if (!solution)
    return false;
  add(sum, *solution, rational(factor));
  return true;
}

/// All operators that are applied to one field, with their factors relative to
/// the first, must be what was met before.
bool Spectral::isTheOperator(const std::vector<Part> &parts) {
  std::string key;
  Interval sum;
  const Interval &first = parts.front().factor;
  for (const Part &part : parts) {
    Interval ratio =
        part.factor.isSame(first) ? Interval(1) : part.factor / first;
    auto eigenvalues = form.eigenvaluesOf(*part.op, measure);
    if (!eigenvalues)
      return false;
    sum += ratio * *eigenvalues;
    key += part.op->key + '*' + ratio.key();
    affine |= part.op->hasValues;
    linear &= part.op->isLinear;
  }
  if (!signature) {
    signature = key;
    // With zero, a longer step is a wider range.
    range = hull(sum, 0);
    eigenvalue = Polynomial::eigenvalue(range);
    return true;
  }
  if (*signature == key)
    return true;
  form.obstruct("a step applies different operators, or a flux of several "
                "fields, one after the other",
                form.steps().atom(parts.front().op->atom).op);
  return false;
}

bool Spectral::addOperator(Functions &sum, std::vector<Part> &parts) {
  if (!isTheOperator(parts))
    return false;
  ExpressionRef argument = parts.front().op->argument;
  simple &= argument->kind == ExpressionKind::Atom &&
            form.steps().atom(argument->atom).kind == Atom::Carried;
  Interval factor = parts.front().factor;
  std::optional<Functions> inner = of(argument);
  if (!inner)
    return false;
  add(sum, *inner, {Polynomial(factor) * eigenvalue, Polynomial(Interval(1))});
  return true;
}

std::optional<Spectral::Functions> Spectral::find(ExpressionRef field) {
  const NumberSum *sum = form.numbersOf(field);
  if (!sum)
    return std::nullopt;
  affine |= sum->hasConstant;
  Functions made;
  // In the order of their first operators, to which the factors are relative.
  std::vector<std::pair<ExpressionRef, std::vector<Part>>> groups;
  for (const auto &[atom, factor] : sum->terms) {
    if (!form.steps().atom(atom).isOperator()) {
      if (!addAtom(made, atom, factor))
        return std::nullopt;
      continue;
    }
    const SymmetricOperator *op = form.operatorOf(atom);
    if (!op)
      return std::nullopt;
    auto group = llvm::find_if(
        groups, [&](auto &known) { return known.first == op->argument; });
    if (group == groups.end())
      group = groups.insert(groups.end(), {op->argument, {}});
    group->second.push_back({factor, op});
  }
  for (auto &[argument, parts] : groups) {
    llvm::sort(parts, [](const Part &a, const Part &b) {
      return a.op->key < b.op->key;
    });
    if (!addOperator(made, parts))
      return std::nullopt;
  }
  return made;
}

} // namespace pdec::analysis
