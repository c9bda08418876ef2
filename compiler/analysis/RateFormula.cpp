//===- RateFormula.cpp - bounds of a rate as a formula --------------------===//
//
// -R(u) is a sum of operators, each with a number as its factor. Signs of
// numbers must be known, since bounds of sums are sums of bounds outwards. What
// is known of stencils is computed here, for each number of cells for which it
// matters; factors, weights and sizes are left to the program.
//
//===----------------------------------------------------------------------===//

#include "compiler/analysis/RateFormula.h"

#include "compiler/analysis/Lines.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/STLExtras.h"

#include <cmath>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis {

/// More than what a formula's operations round off, all of them together.
static constexpr double slack = 0x1p-40;
/// So much of a weight may have been rounded off other weights.
static constexpr double rounded = 0x1p-46;
/// Up to so many cells each number has a bound of its own, unless that is close
/// to a neighbour's; beyond, that for any number is larger by a quarter of a
/// per cent for differences.
static constexpr int64_t fewCells = 32;
static constexpr double closeEnough = 0.005;
/// As many as there are bounds by elimination for.
static constexpr int64_t manyCells = 512;
static constexpr unsigned bits = 384;

static Settings numbersAsTheyAre(Settings settings = {}) {
  settings.keepsNumbers = true;
  return settings;
}

RateFormula::RateFormula(RateOp op)
    : loc(op.getLoc()),
      measure(op.getKind() == RateKind::Norm ? Measure::Norm
                                             : Measure::Distance),
      reader(op, numbersAsTheyAre()), form(reader), numbers(reader),
      grid(gridOf(
          op, cast<FieldType>(op.getBody().front().getArgument(0).getType()))) {
}

RateFormula::RateFormula(StepsOp steps, Measure measure,
                         const Settings &settings, Sizes sizes)
    : loc(steps.getLoc()), measure(measure), isStep(true), sizes(sizes),
      reader(steps, numbersAsTheyAre(settings)), form(reader), numbers(reader) {
  if (auto field = dyn_cast<FieldType>(steps.getInits()[0].getType()))
    grid = gridOf(steps, field);
}

//===----------------------------------------------------------------------===//
// Terms
//===----------------------------------------------------------------------===//

bool RateFormula::find() {
  Precision precision(bits);
  if (reader.levels().size() != 1 || reader.numNumbers()) {
    form.obstruct("it has too many operations, or is no function of one field",
                  nullptr);
    return false;
  }
  const Sum *sum = form.sumOf(reader.levels()[0]);
  if (!sum)
    return false;
  affine = sum->constant != nullptr;
  for (const auto &[atom, factor] : sum->terms)
    if (!addTerm(atom, factor))
      return false;
  if (!isStep && parts.empty() && !own)
    form.obstruct("it changes nothing, so that no step is too long", nullptr);
  return isStep || !parts.empty() || own;
}

bool RateFormula::isTheField(ExpressionRef argument) {
  return argument->kind == ExpressionKind::Atom &&
         reader.atom(argument->atom).kind == Atom::Carried;
}

bool RateFormula::addTerm(unsigned number, ExpressionRef factor) {
  const Atom &atom = reader.atom(number);
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
  if (atom.kind == Atom::Carried)
    return addOwn(factor, atom.op);
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
    form.obstruct("this operator is applied to more than the field", atom.op);
    return false;
  }
  return flux ? addFlux(*flux, factor) : addStencil(atom.op, factor);
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

bool RateFormula::addOwn(ExpressionRef factor, Operation *place) {
  ExpressionPool &pool = reader.pool();
  if (isStep)
    factor = pool.make(ExpressionKind::Sub, {factor, pool.constant(1)});
  if (factor->isConstant() && factor->constant.isZero())
    return true;
  own = pool.make(ExpressionKind::Neg, {factor});
  if (measure == Measure::Distance || numbers.rangeOf(own).isNonNegative())
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
    auto param = atom.kind == Atom::Number
                     ? atom.number.getDefiningOp<ParamOp>()
                     : ParamOp();
    if (param && !atom.range.isBounded()) {
      form.obstruct("no bound holds for all values of '" +
                        param.getName().str() +
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
std::optional<Interval> RateFormula::strengthOf(const SymmetricOperator &flux,
                                                ExpressionRef &factor) {
  ExpressionPool &pool = reader.pool();
  Operation *place = reader.atom(flux.atom).op;
  Numbers::Split gain = numbers.split(flux.gain);
  factor = pool.make(ExpressionKind::Mul, {factor, gain.number});
  bool isNumber = !gain.rest->dependsOnState() && gain.rest->data.empty();
  ExpressionRef asked = gain.rest;
  std::optional<Interval> range;
  // Without numbers in front it has been found.
  if (gain.rest == flux.gain) {
    range = flux.gains[int(measure)];
  } else if (measure == Measure::Norm || isNumber) {
    range = pool.range(gain.rest, reader.box());
  } else {
    Numbers::Split own = numbers.split(reader.atom(flux.atom).argument);
    asked = own.rest;
    // The same numbers in front of the flux and of its quotient.
    if (asked->atoms.size() == 1 && own.number == gain.number)
      range = pool.slopes(asked, asked->atoms[0], reader.box());
  }
  if (!range || !range->isBounded()) {
    obstructUnbounded(asked, place);
    return std::nullopt;
  }
  return range;
}

bool RateFormula::addFlux(const SymmetricOperator &flux, ExpressionRef factor) {
  Operation *place = reader.atom(flux.atom).op;
  auto gain = strengthOf(flux, factor);
  auto pieces = piecesOf(place, /*isFlux=*/true);
  return gain && pieces &&
         addStrength(factor, *gain, std::move(*pieces), place);
}

/// factor*K'GK, with G in `gain`.
bool RateFormula::addStrength(ExpressionRef factor, const Interval &gain,
                              std::vector<Piece> pieces, Operation *place) {
  auto sign = signOf(factor, place);
  if (!sign)
    return false;
  // -R has -factor*K'GK.
  Interval strength = *sign > 0 ? -gain : gain;
  if (measure == Measure::Norm && !strength.isNonNegative()) {
    form.obstruct("Phi(s)/s is not known to be >= 0 for all s, so that no step "
                  "is certified",
                  place);
    return false;
  }
  if (*sign < 0)
    factor = reader.pool().make(ExpressionKind::Neg, {factor});
  parts.push_back({factor, strength, std::move(pieces)});
  return true;
}

bool RateFormula::addStencil(Operation *place, ExpressionRef factor) {
  ExpressionPool &pool = reader.pool();
  auto pieces = piecesOf(place, /*isFlux=*/false);
  if (!pieces)
    return false;
  auto sign = signOf(factor, place);
  if (!sign)
    return false;
  if (*sign < 0)
    factor = pool.make(ExpressionKind::Neg, {factor});
  for (Piece &piece : *pieces) {
    if (*sign > 0)
      std::swap(piece.ends.lowest, piece.ends.highest);
    if (measure == Measure::Norm && piece.ends.lowest.largest() > 0) {
      form.obstruct("this operator may let the field grow", place);
      return false;
    }
  }
  parts.push_back({factor, std::nullopt, std::move(*pieces)});
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
  auto pieces = piecesOf(outer.op, /*isFlux=*/false);
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
  return addStrength(factor, Interval(1), std::move(*pieces), outer.op);
}

//===----------------------------------------------------------------------===//
// Stencils
//===----------------------------------------------------------------------===//

double SizeTable::largest() const {
  double most = any;
  for (const auto &[size, bound] : upTo)
    most = std::max(most, bound);
  return most;
}

SizeTable
RateFormula::tabulate(Operator linear, unsigned axis,
                      llvm::function_ref<double(const Operator &)> bound) {
  SizeTable table;
  table.grid = grid;
  table.axis = axis;
  for (Operator::Axis &each : linear.axes)
    each.size.reset();
  table.any = bound(linear);
  // The size of a coarser grid is no number of the program.
  if (sizes == Sizes::Any || !std::isfinite(table.any) || grid.getParentAttr())
    return table;
  auto boundOf = [&](int64_t size) {
    linear.axes[axis].size = size;
    return std::min(bound(linear), table.any);
  };
  auto isClose = [](double a, double b) {
    return std::abs(a - b) <= closeEnough * std::max(std::abs(a), std::abs(b));
  };
  // Sizes with close bounds share the largest.
  double first = boundOf(1), most = first;
  for (int64_t size = 2; size <= fewCells + 1; ++size) {
    double own = size <= fewCells ? boundOf(size) : table.any;
    if (!isClose(own, first) || size > fewCells) {
      table.upTo[size - 1] = most;
      first = most = own;
    }
    most = std::max(most, own);
  }
  while (!table.upTo.empty() && isClose(table.upTo.rbegin()->second, table.any))
    table.upTo.erase(std::prev(table.upTo.end()));
  int64_t stated = grid.axis(axis).getSize();
  if (stated <= fewCells || stated > manyCells)
    return table;
  double own = boundOf(stated);
  if (!isClose(own, table.any))
    table.stated = {stated, own};
  return table;
}

std::optional<SizeTable> RateFormula::normOf(const Operator &linear) {
  auto line = lineOf(linear);
  SizeTable table =
      tabulate(linear, line ? line->axis : 0, [](const Operator &sized) {
        Interval square = normSquared(sized).value;
        return sqrt(square).high();
      });
  if (!std::isfinite(table.any))
    return std::nullopt;
  return table;
}

std::optional<RateFormula::Ends> RateFormula::spectrumOf(const Operator &linear,
                                                         unsigned axis) {
  bool isKnown = true;
  auto end = [&](bool isHighest) {
    return tabulate(linear, axis, [&](const Operator &sized) {
      auto range = spectrum(sized);
      isKnown &= range.has_value();
      if (!range)
        return 0.0;
      return isHighest ? range->high() : -range->low();
    });
  };
  Ends made{end(false), end(true)};
  if (!isKnown || !std::isfinite(made.lowest.any) ||
      !std::isfinite(made.highest.any))
    return std::nullopt;
  return made;
}

/// Of a stencil with known weights, as a sum. Taps along each axis go with as
/// much of the cell itself as makes them answer constants by zero; what is left
/// of it is a part of its own.
std::optional<std::vector<RateFormula::Ends>>
RateFormula::endsOf(const Operator &linear, bool isFlux) {
  std::vector<Ends> made;
  if (isFlux) {
    auto norm = normOf(linear);
    if (!norm)
      return std::nullopt;
    made.push_back({SizeTable(), *norm});
    return made;
  }
  auto add = [&](const Operator &part, unsigned axis) {
    auto ends = spectrumOf(part, axis);
    if (ends)
      made.push_back(std::move(*ends));
    return ends.has_value();
  };
  auto star = starOf(linear);
  if (!star) {
    if (!add(linear, 0))
      return std::nullopt;
    return made;
  }
  std::vector<int64_t> centre(linear.rank(), 0);
  Operator part = linear;
  Interval left = star->centre;
  for (const Line &line : star->lines) {
    if (line.weights.empty())
      continue;
    part.offsets = {centre};
    part.weights = {Interval(0)};
    for (const auto &[distance, weight] : line.weights) {
      part.offsets.push_back(centre);
      part.offsets.back()[line.axis] = distance;
      part.weights.push_back(weight);
      part.weights[0] = part.weights[0] - weight;
    }
    left = left - part.weights[0];
    if (!add(part, line.axis))
      return std::nullopt;
  }
  // Or what rounding leaves of weights that add up to zero, as [-1/12, 4/3,
  // ...].
  Interval size = abs(star->centre);
  if (abs(left).high() <= rounded * size.low())
    return made;
  part.offsets = {centre};
  part.weights = {left};
  if (!add(part, 0))
    return std::nullopt;
  return made;
}

/// A stencil whose weights are numbers as a sum of stencils with known ones.
std::optional<std::vector<RateFormula::Piece>>
RateFormula::piecesOf(Operation *application, bool isFlux) {
  auto sided = cast<SidedOpInterface>(application);
  StencilOp stencil = sided.getOperator();
  ExpressionPool &pool = reader.pool();
  ExpressionRef scale = stencil.getScale()
                            ? reader.expressionOf(stencil.getScale())
                            : pool.constant(1);
  Operator linear = Operator::of(
      application,
      [&](Value scalar, bool) {
        ExpressionRef number = reader.expressionOf(scalar);
        return number->isConstant() ? number->constant : Interval::whole();
      },
      [](GridOp, unsigned) { return std::optional<int64_t>(); });
  linear.scale = 1;
  std::map<ExpressionRef, std::map<unsigned, Interval>> taps;
  for (auto [tap, weight] : llvm::enumerate(stencil.getWeights()))
    for (const auto &[base, multiple] :
         numbers.combinationOf(reader.expressionOf(weight)))
      taps[base].emplace(tap, multiple);
  std::vector<Piece> pieces;
  for (const auto &[base, multiples] : taps) {
    ExpressionRef weight = pool.make(ExpressionKind::Mul, {base, scale});
    auto sign = signOf(weight, application);
    if (!sign)
      return std::nullopt;
    if (*sign < 0)
      weight = pool.make(ExpressionKind::Neg, {weight});
    Operator part = linear;
    part.offsets.clear();
    part.weights.clear();
    for (const auto &[tap, multiple] : multiples) {
      if (multiple.isZero())
        continue;
      part.offsets.push_back(linear.offsets[tap]);
      part.weights.push_back(multiple);
    }
    if (part.offsets.empty())
      continue;
    auto all = endsOf(part, isFlux);
    if (!all) {
      form.obstruct(isFlux ? "no bound of this operator is known at such sides"
                           : "this operator is not known to be symmetric, and "
                             "no adjoint of it follows",
                    application);
      return std::nullopt;
    }
    for (Ends &ends : *all) {
      if (*sign < 0 && !isFlux)
        std::swap(ends.lowest, ends.highest);
      pieces.push_back({weight, std::move(ends)});
    }
  }
  return pieces;
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
  Precision precision(bits);
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
  if (!all)
    return emitter.constant(0);
  // Outwards, by more than was rounded.
  Value size = builder.create<math::AbsFOp>(loc, all);
  all = emitter.add(all, emitter.multiply(size, emitter.constant(slack)));
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

Interval RateFormula::range() {
  Precision precision(bits);
  Interval low, high;
  if (own)
    low = high = numbers.rangeOf(own);
  for (const Part &part : parts) {
    low = low - mostOf(part, /*isLowest=*/true);
    high += mostOf(part, /*isLowest=*/false);
  }
  return {low.low(), high.high()};
}

} // namespace pdec::analysis
