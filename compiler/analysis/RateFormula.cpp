//===- RateFormula.cpp - bounds of a rate as a formula --------------------===//
//
// -R(u) is a sum of operators, each with a number as its factor. Signs of
// numbers must be known, since bounds of sums are sums of bounds outwards. What
// is known of stencils is computed here, for each number of cells for which it
// matters; factors, weights and sizes are left to the program.
//
//===----------------------------------------------------------------------===//

#include "compiler/analysis/RateFormula.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis {

RateFormula::RateFormula(RateOp op)
    : loc(op.getLoc()),
      measure(op.getKind() == RateKind::Norm ? Measure::Norm
                                             : Measure::Distance),
      reader(op, Settings().withNumbers()), form(reader), numbers(reader),
      grid(gridOf(
          op, cast<FieldType>(op.getBody().front().getArgument(0).getType()))) {
}

RateFormula::RateFormula(StepsOp steps, Measure measure,
                         const Settings &settings, Sizes sizes)
    : loc(steps.getLoc()), measure(measure), isStep(true), sizes(sizes),
      reader(steps, settings.withNumbers()), form(reader), numbers(reader) {
  if (auto field = dyn_cast<FieldType>(steps.getInits()[0].getType()))
    grid = gridOf(steps, field);
}

//===----------------------------------------------------------------------===//
// Terms
//===----------------------------------------------------------------------===//

bool RateFormula::find() {
  Precision precision(formulaBits);
  if (isOfTwoLevels() && !reader.numNumbers() && measure == Measure::Norm)
    return findTwoLevels();
  if (reader.levels().empty() || reader.numNumbers()) {
    form.obstruct("it has too many operations, or is no function of fields",
                  nullptr);
    return false;
  }
  for (unsigned level = 0; level < reader.levels().size(); ++level)
    if (!readLevel(level))
      return false;
  if (!addLists())
    return false;
  bool isAny = !parts.empty() || !stacks.empty() || own;
  if (!isStep && !isAny)
    form.obstruct("it changes nothing, so that no step is too long", nullptr);
  return isStep || isAny;
}

bool RateFormula::readLevel(unsigned level) {
  const Sum *sum = form.sumOf(reader.levels()[level]);
  if (!sum)
    return false;
  affine |= sum->constant != nullptr;
  bool hasOwn = false;
  for (const auto &[atom, factor] : sum->terms) {
    if (!addTerm(level, atom, factor))
      return false;
    hasOwn |= reader.atom(atom).kind == Atom::Carried;
  }
  // A step that forgets a field, or a right-hand side that has a multiple of
  // some fields only.
  return hasOwn || addOwn(level, reader.pool().constant(0), nullptr);
}

bool RateFormula::isTheField(ExpressionRef argument) {
  return argument->kind == ExpressionKind::Atom &&
         reader.atom(argument->atom).kind == Atom::Carried &&
         (isOfTwoLevels() ? reader.atom(argument->atom).index == 0
                          : reader.levels().size() == 1);
}

bool RateFormula::isOfTwoLevels() {
  if (!isStep || reader.levels().size() != 2)
    return false;
  const ExpressionRef &second = reader.levels()[1];
  return second->kind == ExpressionKind::Atom &&
         reader.atom(second->atom).kind == Atom::Carried &&
         reader.atom(second->atom).index == 0;
}

/// Of a step from (u, v) to (a u + b v + R(u), u), with numbers a and b: the
/// roots of z^2 - (a - x) z - b lie in the closed unit disc for 0 <= x <=
/// 1 - b + a if |b| <= 1 and a + b <= 1.
bool RateFormula::findTwoLevels() {
  const Sum *sum = form.sumOf(reader.levels()[0]);
  if (!sum)
    return false;
  Interval factors[2];
  for (const auto &[number, factor] : sum->terms) {
    const Atom &atom = reader.atom(number);
    if (atom.kind == Atom::Carried) {
      if (!factor->isConstant())
        return false;
      factors[atom.index] = factor->constant;
    } else if (!addTerm(0, number, factor)) {
      return false;
    }
  }
  const auto &[a, b] = factors;
  most = (Interval(1) - b + a).low();
  return abs(b).high() <= 1 && (a + b).high() <= 1 && most > 0;
}

bool RateFormula::addTerm(unsigned level, unsigned number,
                          ExpressionRef factor) {
  const Atom &atom = reader.atom(number);
  symmetric &= numbers.isNumber(factor);
  if (!numbers.isNumber(factor) && atom.kind == Atom::Carried) {
    form.obstruct("the field itself is multiplied by a factor that differs "
                  "from cell to cell",
                  nullptr);
    return false;
  }
  if (!numbers.isNumber(factor)) {
    form.obstruct("what this operator gives is multiplied by a factor that "
                  "differs from cell to cell",
                  atom.op);
    return false;
  }
  if (atom.kind == Atom::Carried && atom.index == level)
    return addOwn(level, factor, atom.op);
  if (addSum(level, number, factor))
    return true;
  // Whether a stencil is symmetric is seen when its weights are taken apart.
  const SymmetricOperator *flux =
      atom.kind == Atom::Applied ? nullptr : form.operatorOf(number);
  if (!flux && atom.kind != Atom::Applied)
    return false;
  affine |= flux ? flux->hasValues : atom.hasValues;
  const ExpressionRef argument = flux ? flux->argument : atom.argument;
  if (!isTheField(argument)) {
    if (!flux && addSquare(atom, factor))
      return true;
    symmetric = false;
    form.obstruct(reader.levels().size() == 1
                      ? "this operator is applied to more than the field"
                      : "of a system of fields only K'(Phi(K(u))) is bounded, "
                        "where K is a stencil of an array and u all fields",
                  atom.op);
    return false;
  }
  return flux ? addFlux(*flux, factor) : addStencil(atom, factor);
}

/// 1 or -1 if a number is certainly not of the other sign.
std::optional<int> RateFormula::signOf(ExpressionRef number, Operation *place) {
  Interval range = numbers.rangeOf(number);
  if (range.isNonNegative())
    return 1;
  if (range.isNonPositive())
    return -1;
  form.obstruct("the sign of a factor is not known: say by 'where' between "
                "which values its parameters may lie",
                place);
  return std::nullopt;
}

bool RateFormula::addOwn(unsigned level, ExpressionRef factor,
                         Operation *place) {
  ExpressionPool &pool = reader.pool();
  if (isStep)
    factor = pool.make(ExpressionKind::Sub, {factor, pool.constant(1)});
  bool isNone = factor->isConstant() && factor->constant.isZero();
  ExpressionRef made =
      isNone ? nullptr : pool.make(ExpressionKind::Neg, {factor});
  if (level > 0 && made != own) {
    form.obstruct("fields are multiplied by different factors", place);
    return false;
  }
  own = made;
  if (!own || measure == Measure::Distance ||
      numbers.rangeOf(own).isNonNegative())
    return true;
  form.obstruct("it has a multiple of the field itself that may let it grow",
                place);
  return false;
}

/// What is not bounded may be so for want of ranges.
void RateFormula::obstructUnbounded(ExpressionRef expression,
                                    Operation *place) {
  for (unsigned number : expression->data) {
    const Atom &atom = reader.atom(number);
    Value value = atom.array ? atom.array : atom.number;
    bool isNamed = value && value.getDefiningOp() &&
                   isa<ParamOp, InputOp>(value.getDefiningOp());
    if (isNamed && !atom.range.isBounded()) {
      form.obstruct("no bound holds for all values of '" + sharedText(value) +
                        "': say by 'where' between which ones it may lie",
                    place);
      return;
    }
  }
  form.obstruct(measure == Measure::Norm
                    ? "the flux divided by its argument is not bounded"
                    : "the slopes of the flux are not bounded, or it depends "
                      "on several differences",
                place);
}

/// Contains G, but for numbers, which become part of the factor.
std::optional<Interval> RateFormula::strengthOf(const Flux &flux,
                                                ExpressionRef &factor) {
  ExpressionPool &pool = reader.pool();
  Numbers::Split gain = numbers.split(flux.gain);
  factor = pool.make(ExpressionKind::Mul, {factor, gain.number});
  bool isNumber = !gain.rest->dependsOnState() && gain.rest->data.empty();
  ExpressionRef asked = gain.rest;
  std::optional<Interval> range;
  const Box box = reader.box();
  auto remember = [&](const char *what, llvm::function_ref<Interval()> find) {
    std::map<std::string, Interval> &known = reader.known().ranges;
    std::string key = what + pool.textOf(asked, box);
    auto place = known.find(key);
    if (place == known.end())
      place = known.emplace(std::move(key), find()).first;
    range = place->second;
  };
  // Without numbers in front it has been found.
  if (gain.rest == flux.gain && flux.range) {
    range = flux.range;
  } else if (measure == Measure::Norm || isNumber) {
    remember("value of ", [&] { return pool.range(asked, box); });
  } else {
    Numbers::Split own = numbers.split(flux.function);
    asked = own.rest;
    // The same numbers in front of the flux and of its quotient.
    if (asked->atoms.size() == 1 && own.number == gain.number)
      remember("slopes of ",
               [&] { return pool.slopes(asked, asked->atoms[0], box); });
  }
  if (!range || !range->isBounded()) {
    obstructUnbounded(asked, flux.place);
    return std::nullopt;
  }
  return range;
}

bool RateFormula::addFlux(const SymmetricOperator &flux, ExpressionRef factor) {
  const Atom &atom = reader.atom(flux.atom);
  Flux own{flux.gain, atom.argument, flux.gains[int(measure)], atom.op};
  if (auto found = Stack::of(reader, atom)) {
    if (!found->first.setSides(*atom.linear)) {
      form.obstruct("no bound of this operator is known at such sides",
                    atom.op);
      return false;
    }
    auto strength = stackStrength(own, factor);
    if (strength)
      addToStacks(std::move(found->first), found->second, *strength);
    return strength.has_value();
  }
  auto gain = strengthOf(own, factor);
  auto pieces = piecesOf(atom, /*isFlux=*/true);
  auto strength = gain ? signedStrength(factor, *gain, atom.op) : std::nullopt;
  if (!strength || !pieces)
    return false;
  parts.push_back(
      {factor, strength, std::move(*pieces), textOf(atom, /*isFlux=*/true)});
  return true;
}

/// Of factor*K'GK in R, with G in `gain`: what -R has, where the factor is made
/// >= 0.
std::optional<Interval> RateFormula::signedStrength(ExpressionRef &factor,
                                                    const Interval &gain,
                                                    Operation *place) {
  auto sign = signOf(factor, place);
  if (!sign)
    return std::nullopt;
  Interval strength = *sign > 0 ? -gain : gain;
  if (measure == Measure::Norm && !strength.isNonNegative()) {
    form.obstruct("Phi(s)/s is not known to be >= 0 for all s, so that no step "
                  "is certified",
                  place);
    return std::nullopt;
  }
  if (*sign < 0)
    factor = reader.pool().make(ExpressionKind::Neg, {factor});
  return strength;
}

/// The same text for the same operator, whoever reads it.
std::string RateFormula::textOf(const Atom &application, bool isFlux) const {
  Operator linear = *application.linear;
  linear.numbers.clear();
  std::string text = (isFlux ? "K" : "S") + linear.key();
  for (ExpressionRef weight : application.weights)
    text += sharedText(reader, weight);
  if (application.scale)
    text += sharedText(reader, application.scale);
  return text;
}

bool RateFormula::addStencil(const Atom &atom, ExpressionRef factor) {
  ExpressionPool &pool = reader.pool();
  auto pieces = piecesOf(atom, /*isFlux=*/false);
  if (!pieces)
    return false;
  auto sign = signOf(factor, atom.op);
  if (!sign)
    return false;
  if (*sign < 0)
    factor = pool.make(ExpressionKind::Neg, {factor});
  for (Piece &piece : *pieces) {
    if (*sign > 0)
      std::swap(piece.ends.lowest, piece.ends.highest);
    if (measure == Measure::Norm && piece.ends.lowest.largest() > 0) {
      form.obstruct("this operator may let the field grow", atom.op);
      return false;
    }
  }
  parts.push_back({factor, std::nullopt, std::move(*pieces),
                   textOf(atom, /*isFlux=*/false)});
  return true;
}

/// S S u, with a symmetric stencil S, is S'(S u): its strength is the square of
/// ||S||. False, perhaps with an obstacle, if it is not that.
bool RateFormula::addSquare(const Atom &outer, ExpressionRef factor) {
  const Sum *sum = form.sumOf(outer.argument);
  if (!sum || sum->terms.size() != 1)
    return false;
  auto [number, own] = *sum->terms.begin();
  const Atom &inner = reader.atom(number);
  if (inner.kind != Atom::Applied || !isTheField(inner.argument) ||
      !numbers.isNumber(own) || inner.linear->key() != outer.linear->key())
    return false;
  affine |= inner.hasValues || sum->constant;
  auto pieces = piecesOf(outer, /*isFlux=*/false);
  if (!pieces)
    return false;
  for (Piece &piece : *pieces) {
    // Of one sign: then an end is the norm.
    if (piece.ends.highest.largest() <= 0)
      piece.ends.highest = piece.ends.lowest;
    else if (piece.ends.lowest.largest() > 0)
      return false;
  }
  ExpressionPool &pool = reader.pool();
  factor = pool.make(ExpressionKind::Mul, {factor, own});
  auto strength = signedStrength(factor, Interval(1), outer.op);
  if (strength)
    parts.push_back(
        {factor, strength, std::move(*pieces), textOf(outer, /*isFlux=*/true)});
  return strength.has_value();
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

Value RateFormula::emit(const SizeTable &table, OpBuilder &builder,
                        NumberEmitter &emitter) {
  Value bound = emitter.constant(table.any);
  if (table.upTo.empty() && !table.stated)
    return bound;
  Value cells = builder.create<SizeOp>(loc, grid.getSymName(), table.axis);
  auto choose = [&](arith::CmpIPredicate predicate, int64_t size, double own) {
    Value known =
        builder.create<arith::ConstantOp>(loc, builder.getI64IntegerAttr(size));
    Value isIt = builder.create<arith::CmpIOp>(loc, predicate, cells, known);
    bound = builder.create<arith::SelectOp>(loc, isIt, emitter.constant(own),
                                            bound);
  };
  if (table.stated)
    choose(arith::CmpIPredicate::eq, table.stated->first, table.stated->second);
  for (const auto &[size, own] : llvm::reverse(table.upTo))
    choose(arith::CmpIPredicate::sle, size, own);
  return bound;
}

Value RateFormula::emit(const Part &part, bool isLowest, OpBuilder &builder,
                        NumberEmitter &emitter) {
  if (!part.hasEnd(isLowest))
    return {};
  Value sum;
  for (const Piece &piece : part.pieces) {
    Value own =
        emitter.multiply(emitter.emit(piece.weight),
                         emit(part.tableOf(piece, isLowest), builder, emitter));
    sum = sum ? emitter.add(sum, own) : own;
  }
  Value factor = emitter.emit(part.factor);
  if (!part.gain)
    return emitter.multiply(factor, sum);
  return emitter.multiply(emitter.constant(part.strength(isLowest)),
                          emitter.multiply(factor, emitter.multiply(sum, sum)));
}

Value RateFormula::emit(OpBuilder &builder, bool isLowest) {
  Precision precision(formulaBits);
  NumberEmitter emitter(reader, builder, loc);
  Value all;
  auto add = [&](Value more) {
    if (more)
      all = all ? emitter.add(all, more) : more;
  };
  if (own)
    add(isLowest ? emitter.negate(emitter.emit(own)) : emitter.emit(own));
  for (const Part &part : parts)
    add(emit(part, isLowest, builder, emitter));
  std::vector<Stack> some;
  llvm::copy_if(stacks, std::back_inserter(some),
                [&](const Stack &stack) { return stack.hasEnd(isLowest); });
  if (!some.empty())
    add(emitBound(some, isLowest, builder, emitter));
  if (!all)
    return emitter.constant(0);
  // Outwards, by more than was rounded.
  Value size = builder.create<math::AbsFOp>(loc, all);
  all = emitter.add(all, emitter.multiply(size, emitter.constant(slack)));
  if (!isLowest && measure == Measure::Norm && !isStep)
    all.getDefiningOp()->setAttr(boundsName,
                                 builder.getStringAttr(signature().text()));
  return isLowest ? emitter.negate(all) : all;
}

//===----------------------------------------------------------------------===//
// Ranges
//===----------------------------------------------------------------------===//

/// An end of a part, or minus the lower one, at most.
Interval RateFormula::mostOf(const Part &part, bool isLowest) {
  if (!part.hasEnd(isLowest))
    return 0;
  Interval sum;
  for (const Piece &piece : part.pieces)
    sum += numbers.rangeOf(piece.weight) *
           Interval(part.tableOf(piece, isLowest).largest());
  Interval factor = numbers.rangeOf(part.factor);
  if (!part.gain)
    return factor * sum;
  return Interval(part.strength(isLowest)) * factor * square(sum);
}

RateSignature RateFormula::signature() const {
  RateSignature made(reader);
  if (own)
    made.add("u", own, 1);
  for (const Part &part : parts)
    made.add(part.what, part.factor, part.gain ? part.gain->high() : 1);
  for (const Stack &stack : stacks)
    for (auto [result, strength] : llvm::enumerate(stack.strengths))
      if (strength.factor)
        made.add(stack.text(reader) + '#' + std::to_string(result),
                 strength.factor, strength.highest);
  return made;
}

/// Whether nothing but the highest eigenvalue can be too large.
bool RateFormula::isOfOneSign() {
  return (!own || numbers.rangeOf(own).isNonNegative()) &&
         llvm::all_of(parts,
                      [&](const Part &part) {
                        return mostOf(part, /*isLowest=*/true).high() <= 0;
                      }) &&
         llvm::none_of(stacks, [](const Stack &stack) {
           return stack.hasEnd(/*isLowest=*/true);
         });
}

Interval RateFormula::range() {
  Precision precision(formulaBits);
  if (isOfOneSign())
    if (auto bounded = signature().boundedBy(numbers))
      return hull(*bounded, 0);
  Interval low, high;
  if (own)
    low = high = numbers.rangeOf(own);
  for (const Part &part : parts) {
    low = low - mostOf(part, /*isLowest=*/true);
    high += mostOf(part, /*isLowest=*/false);
  }
  // Nothing is known of arrays here.
  auto hasEnd = [&](bool isLowest) {
    return llvm::any_of(
        stacks, [&](const Stack &stack) { return stack.hasEnd(isLowest); });
  };
  if (hasEnd(/*isLowest=*/true))
    low = -INFINITY;
  if (hasEnd(/*isLowest=*/false))
    high = INFINITY;
  return {low.low(), high.high()};
}

} // namespace pdec::analysis
