//===- Proportion.cpp - what a parameter multiplies in a step -------------===//

#include "compiler/analysis/Proportion.h"

#include "llvm/ADT/STLExtras.h"

namespace pdec::analysis {

using Kind = ExpressionKind;

bool Proportion::holdsFor(llvm::ArrayRef<ExpressionRef> levels) {
  return !form.steps().pool().isAssumed(param) &&
         llvm::all_of(levels, [&](ExpressionRef level) {
           return ofField(level) == Degree(0);
         });
}

Proportion::Degree Proportion::ofNumber(const Dependence &number) {
  Degree power = number.powerOf(param);
  return power ? Degree(*power * powers.param) : std::nullopt;
}

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

/// A field that is zero but for data counts as any; these are not bounded.
Proportion::Degree Proportion::ofField(ExpressionRef field) {
  if (field->kind == Kind::Atom)
    return ofAtom(field->atom);
  auto found = fields.find(field);
  if (found != fields.end())
    return found->second;
  const Sum *sum = form.sumOf(field);
  Degree &known = fields[field];
  if (!sum)
    return std::nullopt;
  Degree all;
  for (const auto &[atom, factor] : sum->terms) {
    Degree own = ofFactor(factor), other = ofAtom(atom);
    if (!own || !other || (all && *all != *own + *other))
      return std::nullopt;
    all = *own + *other;
  }
  return known = all.value_or(0);
}

Proportion::Degree Proportion::ofAtom(unsigned number) {
  const Atom &atom = form.steps().atom(number);
  if (atom.kind == Atom::Carried)
    return 0;
  if (atom.kind == Atom::Solution)
    return isSolution(number) ? Degree(0) : std::nullopt;
  if (!atom.isOperator())
    return std::nullopt;
  const SymmetricOperator *op = form.operatorOf(number);
  if (!op) {
    Degree own = ofNumber(atom.dependence), argument = ofField(atom.argument);
    if (!own || !argument)
      return std::nullopt;
    return *own + *argument - powers.operators;
  }
  Degree own = ofOperator(*op), argument = ofField(op->argument);
  if (!own || !argument)
    return std::nullopt;
  return *own + *argument - powers.operators;
}

/// Of an iteration's result, which a pass leaves as it is: it is of degree 0 if
/// a pass makes a field of degree 0 of such a one.
bool Proportion::isSolution(unsigned atom) {
  auto [place, isNew] = solutions.try_emplace(atom, true);
  if (isNew)
    solutions[atom] = ofField(form.steps().atom(atom).argument) == Degree(0);
  return solutions[atom];
}

/// Of K'GK, or of a stencil.
Proportion::Degree Proportion::ofOperator(const SymmetricOperator &op) {
  const Atom &outer = form.steps().atom(op.atom);
  Degree weights = ofNumber(outer.dependence);
  if (!op.gain || !weights)
    return weights;
  Degree gain = ofFactor(op.gain);
  // K and the transpose may be the same for the script's values only.
  const Atom &inner = form.steps().atom(op.difference);
  if (!gain || ofNumber(inner.dependence) != weights)
    return std::nullopt;
  return 2 * *weights + *gain;
}

//===----------------------------------------------------------------------===//
// Factors
//===----------------------------------------------------------------------===//

Proportion::Degree Proportion::ofFactor(ExpressionRef factor) {
  auto found = factors.find(factor);
  if (found == factors.end())
    found = factors.emplace(factor, findFactor(factor)).first;
  return found->second;
}

Proportion::Degree Proportion::findFactor(ExpressionRef factor) {
  if (factor->isConstant())
    return ofNumber(factor->dependence);
  if (factor->kind == Kind::Atom)
    return 0;
  std::vector<Degree> args;
  for (ExpressionRef arg : factor->args)
    args.push_back(ofFactor(arg));
  if (llvm::is_contained(args, std::nullopt))
    return std::nullopt;
  auto common = [&](unsigned i, unsigned j) {
    return args[i] == args[j] ? args[i] : std::nullopt;
  };
  switch (factor->kind) {
  case Kind::Neg:
  case Kind::Abs:
  case Kind::ToReal:
  case Kind::Quotient: // by an atom
    return args[0];
  case Kind::Mul:
    return *args[0] + *args[1];
  case Kind::Div:
    return *args[0] - *args[1];
  case Kind::Add:
  case Kind::Sub:
  case Kind::Min:
  case Kind::Max:
    return common(0, 1);
  case Kind::Select:
    return *args[0] == 0 ? common(1, 2) : std::nullopt;
  case Kind::Less:
  case Kind::LessEqual:
  case Kind::Equal:
    return common(0, 1) ? Degree(0) : std::nullopt;
  default:
    // What does not change is not changed by any function.
    return llvm::all_of(args, [](Degree arg) { return *arg == 0; })
               ? Degree(0)
               : std::nullopt;
  }
}

} // namespace pdec::analysis
