//===- StepForm.cpp - a step as operators applied to levels ---------------===//

#include "compiler/analysis/StepForm.h"

#include "llvm/ADT/STLExtras.h"

#include <cmath>
#include <utility>

using namespace mlir;

namespace pdec::analysis {

using Kind = ExpressionKind;

void StepForm::obstruct(std::string text, Operation *op) {
  if (reason.text.empty())
    reason = {std::move(text), op};
}

void StepForm::obstructByAtom(unsigned atom) {
  Operation *op = reader.atom(atom).op;
  auto iteration = dyn_cast_if_present<pde::FixpointOp>(op);
  const char *text = "what this operation makes of the fields is not analysed";
  if (iteration && iteration.getAccept())
    text = "this iteration may end before it has converged";
  else if (iteration)
    text = "what this iteration converges to is not analysed, since it carries "
           "more than one field";
  obstruct(text, op);
}

/// An atom and all that its argument is made of, and so on.
const std::set<unsigned> &StepForm::originsOf(unsigned atom) {
  auto [place, isNew] = origins.try_emplace(atom);
  std::set<unsigned> &all = place->second;
  if (!isNew)
    return all;
  // What an iteration converges to is made of itself, too.
  std::vector<unsigned> left{atom};
  while (!left.empty()) {
    unsigned next = left.back();
    left.pop_back();
    if (!all.insert(next).second)
      continue;
    auto add = [&](ExpressionRef argument) {
      left.insert(left.end(), argument->atoms.begin(), argument->atoms.end());
    };
    if (ExpressionRef argument = reader.atom(next).argument)
      add(argument);
    llvm::for_each(reader.atom(next).arguments, add);
  }
  return all;
}

bool StepForm::isMadeOf(unsigned atom, unsigned other) {
  return originsOf(atom).count(other);
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

const Sum *StepForm::sumOf(ExpressionRef expression) {
  auto found = sums.find(expression);
  if (found == sums.end()) {
    Obstacle before = std::exchange(reason, {});
    Reading made;
    made.sum = findSum(expression);
    if (made.sum && made.sum->constant &&
        made.sum->constant->dependsOnState()) {
      obstruct(
          "what is added to the levels depends on them, but is no multiple "
          "of them",
          nullptr);
      made.sum.reset();
    }
    made.reason = std::exchange(reason, std::move(before));
    found = sums.emplace(expression, std::move(made)).first;
  }
  const Reading &reading = found->second;
  if (reading.sum)
    return &*reading.sum;
  obstruct(reading.reason.text, reading.reason.op);
  return nullptr;
}

const NumberSum *StepForm::numbersOf(ExpressionRef expression) {
  auto found = numberSums.find(expression);
  if (found != numberSums.end())
    return &found->second;
  const Sum *sum = sumOf(expression);
  if (!sum)
    return nullptr;
  NumberSum made;
  made.hasConstant = sum->constant != nullptr;
  for (const auto &[atom, factor] : sum->terms) {
    if (!factor->isConstant()) {
      auto found = sum->places.find(atom);
      obstruct(whyNoNumber(atom, factor), found != sum->places.end()
                                              ? found->second
                                              : reader.atom(atom).op);
      return nullptr;
    }
    made.terms[atom] = factor->constant;
  }
  return &numberSums.emplace(expression, std::move(made)).first->second;
}

/// Why a factor is no number, in the words of a script.
std::string StepForm::whyNoNumber(unsigned atom, ExpressionRef factor) {
  bool isLevel = reader.atom(atom).kind == Atom::Carried;
  if (!factor->dependsOnState())
    return isLevel ? "the field is multiplied by another one that differs from "
                     "cell to cell"
                   : "what an operator gives is multiplied by a field that "
                     "differs from cell to cell";
  bool isOfNumbers = llvm::any_of(factor->atoms, [&](unsigned number) {
    const Atom &other = reader.atom(number);
    return other.kind == Atom::Opaque && other.op &&
           other.op->getNumResults() &&
           !isa<pde::FieldType>(other.op->getResult(0).getType());
  });
  if (isOfNumbers)
    return "here is a factor that is made of fields, such as a norm or a mean";
  return isLevel
             ? "this term is not linear: fields that a step changes are "
               "multiplied or changed in each cell, as in a reaction"
             : "what an operator gives is multiplied by what depends on the "
               "fields that a step changes";
}

/// Says of all factors of a sum that differ from cell to cell, and of which
/// that is not known, where they come from.
void StepForm::place(Sum &sum, ExpressionRef origin) {
  for (const auto &[atom, factor] : sum.terms)
    if (!factor->isConstant())
      sum.places.try_emplace(atom, reader.originOf(origin));
}

Sum StepForm::scaled(const Sum &sum, ExpressionRef factor, Kind kind) {
  ExpressionPool &pool = reader.pool();
  Sum made;
  made.places = sum.places;
  for (const auto &[atom, old] : sum.terms)
    made.terms[atom] = pool.make(kind, {old, factor});
  if (sum.constant)
    made.constant = pool.make(kind, {sum.constant, factor});
  return made;
}

Sum StepForm::added(const Sum &a, const Sum &b, Kind kind) {
  ExpressionPool &pool = reader.pool();
  auto combine = [&](ExpressionRef x, ExpressionRef y) {
    if (!y)
      return x;
    if (!x)
      return kind == Kind::Sub ? pool.make(Kind::Neg, {y}) : y;
    return pool.make(kind, {x, y});
  };
  Sum made = a;
  made.places.insert(b.places.begin(), b.places.end());
  for (const auto &[atom, factor] : b.terms) {
    ExpressionRef &place = made.terms[atom];
    place = combine(place, factor);
  }
  made.constant = combine(a.constant, b.constant);
  // What cancels is not there.
  for (auto place = made.terms.begin(); place != made.terms.end();) {
    bool isGone =
        place->second->isConstant() && place->second->constant.isZero();
    if (isGone)
      pool.assume(place->second->dependence);
    place = isGone ? made.terms.erase(place) : std::next(place);
  }
  return made;
}

/// Whether all factors of a sum are numbers or data.
bool StepForm::isLinear(ExpressionRef expression) {
  Obstacle before = reason;
  const Sum *sum = sumOf(expression);
  reason = std::move(before);
  return sum && !sum->terms.empty() &&
         llvm::all_of(sum->terms, [](const auto &term) {
           return !term.second->dependsOnState();
         });
}

/// A product of two factors that both depend on the levels is one of them,
/// times what the other is in this cell.
std::optional<Sum> StepForm::product(ExpressionRef expression) {
  ExpressionRef a = expression->args[0], b = expression->args[1];
  if (!a->dependsOnState())
    std::swap(a, b);
  // The one with a difference in it is the flux, the other its diffusivity.
  auto isDifference = [&](ExpressionRef factor) {
    if (factor->kind == Kind::Neg)
      factor = factor->args[0];
    return factor->kind == Kind::Atom &&
           reader.atom(factor->atom).kind == Atom::Applied;
  };
  if (b->dependsOnState() &&
      ((isDifference(b) && !isDifference(a)) || (isLinear(b) && !isLinear(a))))
    std::swap(a, b);
  const Sum *sum = sumOf(a);
  if (!sum)
    return std::nullopt;
  Sum made = scaled(*sum, b, Kind::Mul);
  place(made, expression);
  return made;
}

std::optional<Sum> StepForm::selected(ExpressionRef expression) {
  const Sum *yes = sumOf(expression->args[1]);
  const Sum *no = sumOf(expression->args[2]);
  if (!yes || !no)
    return std::nullopt;
  ExpressionPool &pool = reader.pool();
  ExpressionRef zero = pool.constant(0);
  auto choose = [&](ExpressionRef a, ExpressionRef b) {
    return pool.make(Kind::Select,
                     {expression->args[0], a ? a : zero, b ? b : zero});
  };
  Sum made;
  for (const Sum *sum : {yes, no})
    for (const auto &term : sum->terms) {
      unsigned atom = term.first;
      auto other = [atom](const Sum *side) {
        auto found = side->terms.find(atom);
        return found == side->terms.end() ? nullptr : found->second;
      };
      made.terms[atom] = choose(other(yes), other(no));
    }
  place(made, expression);
  if (yes->constant || no->constant)
    made.constant = choose(yes->constant, no->constant);
  return made;
}

/// A function of one atom that is zero where the atom is: the atom times their
/// quotient.
std::optional<Sum> StepForm::nonlinear(ExpressionRef expression) {
  if (expression->atoms.size() != 1) {
    obstruct("a function of several differences or levels is no product of "
             "one of them and a factor",
             reader.originOf(expression));
    return std::nullopt;
  }
  unsigned number = expression->atoms[0];
  ExpressionPool &pool = reader.pool();
  Box box = reader.box();
  box[number] = 0;
  Interval atZero = pool.enclose(expression, box, ~0u).value;
  if (!atZero.isBounded()) {
    obstruct("a function that is not zero at zero adds to the field in each "
             "step",
             reader.originOf(expression));
    return std::nullopt;
  }
  // The atom itself, as an expression.
  ExpressionRef atom = expression;
  while (atom->kind != Kind::Atom || atom->atom != number)
    atom = *llvm::find_if(atom->args, [&](ExpressionRef arg) {
      return llvm::is_contained(arg->atoms, number);
    });
  Sum made;
  ExpressionRef part = expression;
  if (!atZero.isZero()) {
    made.constant = pool.constant(atZero);
    part = pool.make(Kind::Sub, {expression, made.constant});
  }
  made.terms[number] = pool.quotient(part, atom);
  place(made, expression);
  return made;
}

std::optional<Sum> StepForm::findSum(ExpressionRef expression) {
  if (!expression->dependsOnState()) {
    Sum made;
    bool isZero = expression->isConstant() && expression->constant.isZero();
    if (isZero)
      reader.pool().assume(expression->dependence);
    made.constant = isZero ? nullptr : expression;
    return made;
  }
  switch (expression->kind) {
  case Kind::Atom: {
    Sum made;
    made.terms[expression->atom] = reader.pool().constant(1);
    return made;
  }
  case Kind::ToReal:
    if (const Sum *sum = sumOf(expression->args[0]))
      return *sum;
    return std::nullopt;
  case Kind::Neg:
    if (const Sum *sum = sumOf(expression->args[0]))
      return scaled(*sum, reader.pool().constant(-1), Kind::Mul);
    return std::nullopt;
  case Kind::Add:
  case Kind::Sub: {
    const Sum *a = sumOf(expression->args[0]);
    const Sum *b = sumOf(expression->args[1]);
    if (!a || !b)
      return std::nullopt;
    return added(*a, *b, expression->kind);
  }
  case Kind::Mul:
    return product(expression);
  case Kind::Div:
    if (expression->args[0]->dependsOnState()) {
      if (const Sum *sum = sumOf(expression->args[0])) {
        Sum made = scaled(*sum, expression->args[1], Kind::Div);
        place(made, expression);
        return made;
      }
      return std::nullopt;
    }
    return nonlinear(expression);
  case Kind::Select:
    if (auto made = selected(expression))
      return made;
    return nonlinear(expression);
  default:
    return nonlinear(expression);
  }
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

const SymmetricOperator *StepForm::operatorOf(unsigned atom) {
  auto found = operators.find(atom);
  if (found == operators.end())
    found = operators.emplace(atom, findOperator(atom)).first;
  return found->second ? &*found->second : nullptr;
}

std::optional<Interval> StepForm::eigenvaluesOf(const SymmetricOperator &op,
                                                Measure measure) {
  const std::optional<Interval> &found = op.eigenvalues[int(measure)];
  if (found)
    return stretched ? hull(*found * Interval(*stretched), 0) : *found;
  obstruct(whyUnbounded(op, measure), reader.atom(op.atom).op);
  return std::nullopt;
}

std::optional<std::string> StepForm::unboundedInput(ExpressionRef factor) {
  for (unsigned number : factor->data) {
    const Atom &data = reader.atom(number);
    auto input = dyn_cast_if_present<pde::InputOp>(data.op);
    if (input && !data.range.isBounded())
      return ("no bounds of the input '" + input.getName() +
              "' are known: require min(" + input.getName() +
              ") >= A and max(" + input.getName() +
              ") <= B, \"TEXT\" says them")
          .str();
  }
  return std::nullopt;
}

bool StepForm::obstructUnbounded(ExpressionRef factor, ExpressionRef within,
                                 Operation *op) {
  bool depends = factor && factor->dependsOnState();
  if (depends) {
    Interval range = rangeOf(factor);
    if (!range.isNonNegative() && !range.isNonPositive()) {
      obstruct("a cell nearby may count with a negative factor", op);
      return false;
    }
  }
  for (ExpressionRef part : {factor, within})
    if (part && !depends)
      if (auto why = unboundedInput(part)) {
        obstruct(*why, op);
        return true;
      }
  obstruct(depends ? "how long a step may be depends on the field: what this "
                     "operator gives has a factor with no bound"
                   : "no bound of the factor of what this operator gives is "
                     "known",
           op);
  return true;
}

std::string StepForm::whyUnbounded(const SymmetricOperator &op,
                                   Measure measure) {
  if (op.gain)
    if (auto why = unboundedInput(op.gain))
      return *why;
  return measure == Measure::Norm
             ? "the flux divided by its argument is not bounded"
             : "the slopes of the flux are not bounded, or it depends on "
               "several differences";
}

/// What a table knows, or else what `find` finds.
template <typename Value, typename Find>
static const Value &remembered(std::map<std::string, Value> &table,
                               std::string key, Find find) {
  auto place = table.find(key);
  if (place == table.end())
    place = table.emplace(std::move(key), find()).first;
  return place->second;
}

Interval StepForm::rangeOf(ExpressionRef factor) {
  if (factor->isConstant())
    return factor->constant;
  ExpressionPool &pool = reader.pool();
  Box box = reader.box();
  return remembered(reader.known().ranges,
                    "value of " + pool.textOf(factor, box),
                    [&] { return pool.range(factor, box); });
}

bool StepForm::isSymmetric(unsigned atom) {
  Obstacle before = reason;
  bool is = operatorOf(atom) != nullptr;
  reason = std::move(before);
  return is;
}

/// Bounds of G, and with it of K'GK.
void StepForm::measureFlux(SymmetricOperator &found, ExpressionRef flux,
                           unsigned difference) {
  ExpressionPool &pool = reader.pool();
  Box box = reader.box();
  auto &ranges = reader.known().ranges;
  auto &[norm, distance] = found.gains;
  norm = rangeOf(found.gain);
  bool isOwn = flux->atoms.size() == 1;
  if (found.isLinear)
    distance = norm;
  else if (isOwn)
    distance = remembered(ranges, "slopes of " + pool.textOf(flux, box),
                          [&] { return pool.slopes(flux, difference, box); });
  for (Measure measure : {Measure::Norm, Measure::Distance}) {
    const std::optional<Interval> &gain = found.gains[int(measure)];
    if (!gain || !gain->isBounded())
      continue;
    Interval square(0, found.normSquared);
    found.eigenvalues[int(measure)] = hull(*gain * square, 0);
  }
}

/// K'(p), where p is K x, each cell times a factor.
std::optional<SymmetricOperator> StepForm::findFlux(unsigned number) {
  const Atom &adjoint = reader.atom(number);
  const Sum *sum = sumOf(adjoint.argument);
  if (!sum)
    return std::nullopt;
  if (sum->terms.size() != 1) {
    obstruct("the argument of the adjoint is not one difference times a factor",
             adjoint.op);
    return std::nullopt;
  }
  auto [inner, gain] = *sum->terms.begin();
  const Atom &difference = reader.atom(inner);
  if (difference.kind != Atom::Applied ||
      difference.linear->key() != adjoint.linear->key()) {
    obstruct("the adjoint is not that of the operator in its argument",
             adjoint.op);
    return std::nullopt;
  }
  SymmetricOperator found;
  found.atom = number;
  found.argument = difference.argument;
  found.linear = *adjoint.linear;
  found.gain = gain;
  found.difference = inner;
  found.isLinear = gain->isConstant();
  found.isBiased = sum->constant != nullptr;
  found.hasValues = difference.hasValues || found.isBiased;
  const NormBound &bound =
      remembered(reader.known().norms, found.linear.key(),
                 [&] { return normSquared(found.linear); });
  found.normSquared = bound.value;
  found.norm = bound.how;
  measureFlux(found, adjoint.argument, inner);
  found.key = "T" + found.linear.key() + "#" + std::to_string(gain->id);
  return found;
}

std::optional<SymmetricOperator> StepForm::findOperator(unsigned number) {
  const Atom &atom = reader.atom(number);
  if (atom.kind == Atom::Adjoined)
    return findFlux(number);
  if (atom.kind != Atom::Applied) {
    obstructByAtom(number);
    return std::nullopt;
  }
  const std::optional<Interval> &range =
      remembered(reader.known().spectra, atom.linear->key(),
                 [&] { return spectrum(*atom.linear); });
  if (!range) {
    obstruct("this operator is not known to be symmetric, and no adjoint of it "
             "follows",
             atom.op);
    return std::nullopt;
  }
  SymmetricOperator found;
  found.atom = number;
  found.argument = atom.argument;
  found.linear = *atom.linear;
  found.hasValues = atom.hasValues;
  found.normSquared = std::max(std::abs(range->low()), std::abs(range->high()));
  found.norm = "by its symbol";
  found.eigenvalues[0] = found.eigenvalues[1] = *range;
  found.key = "S" + found.linear.key();
  return found;
}

} // namespace pdec::analysis
