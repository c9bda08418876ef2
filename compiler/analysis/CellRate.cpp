//===- CellRate.cpp - what cells lose, as a formula -----------------------===//
//
// The factors are those of CellAverages, for one explicit step. Parameters and
// sizes stay in front of them as numbers, and what differs from cell to cell is
// bounded here.
//
//===----------------------------------------------------------------------===//

#include "compiler/analysis/CellRate.h"

#include "compiler/analysis/CellAverages.h"
#include "compiler/analysis/Lines.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/STLExtras.h"

#include <algorithm>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis {

using Kind = ExpressionKind;

static constexpr size_t mostProducts = 100;

CellRate::CellRate(RateOp op)
    : loc(op.getLoc()), reader(op, Settings().withNumbers()), form(reader),
      numbers(reader) {}

CellRate::CellRate(StepsOp steps, const Settings &settings)
    : loc(steps.getLoc()), isStep(true), reader(steps, settings.withNumbers()),
      form(reader), numbers(reader) {}

//===----------------------------------------------------------------------===//
// Products
//===----------------------------------------------------------------------===//

ExpressionRef CellRate::times(ExpressionRef a, ExpressionRef b) {
  return reader.pool().make(Kind::Mul, {a, b});
}

/// Without what is above and below.
static void reduce(Factors &factors) {
  for (auto text = factors.above.begin(); text != factors.above.end();) {
    auto other = factors.below.find(*text);
    if (other == factors.below.end()) {
      ++text;
      continue;
    }
    factors.below.erase(other);
    text = factors.above.erase(text);
  }
}

void CellRate::add(Total &total, ExpressionRef number, ExpressionRef rest) {
  Factors factors = Factors::of(reader, number);
  if (factors.known.isZero())
    return;
  reduce(factors);
  for (Share &share : total)
    if (share.factors.above == factors.above &&
        share.factors.below == factors.below) {
      ExpressionPool &pool = reader.pool();
      ExpressionRef ratio = pool.constant(factors.known / share.factors.known);
      ExpressionRef &own = share.product.rest;
      own = pool.make(Kind::Add, {own, times(ratio, rest)});
      return;
    }
  total.push_back({std::move(factors), {number, rest}});
}

/// number*factor as products; false, if these are too many.
bool CellRate::takeApart(ExpressionRef factor, ExpressionRef number,
                         std::vector<Product> &made) {
  ExpressionPool &pool = reader.pool();
  if (made.size() > mostProducts)
    return false;
  if (numbers.isNumber(factor)) {
    for (const auto &[base, multiple] : numbers.combinationOf(factor))
      made.push_back({times(number, times(pool.constant(multiple), base)),
                      pool.constant(1)});
    return true;
  }
  auto negated = [&] { return pool.make(Kind::Neg, {number}); };
  switch (factor->kind) {
  case Kind::Neg:
    return takeApart(factor->args[0], negated(), made);
  case Kind::Add:
  case Kind::Sub:
    return takeApart(factor->args[0], number, made) &&
           takeApart(factor->args[1],
                     factor->kind == Kind::Sub ? negated() : number, made);
  case Kind::Mul:
    for (unsigned i : {0u, 1u})
      if (numbers.isNumber(factor->args[i]))
        return takeApart(factor->args[1 - i], times(number, factor->args[i]),
                         made);
    break;
  case Kind::Div:
    if (numbers.isNumber(factor->args[1]))
      return takeApart(factor->args[0],
                       pool.make(Kind::Div, {number, factor->args[1]}), made);
    break;
  default:
    break;
  }
  Numbers::Split split = numbers.split(factor);
  made.push_back({times(number, split.number), split.rest});
  return true;
}

/// Nothing, with an obstacle, if what differs from cell to cell is not bounded.
std::optional<std::vector<CellRate::Product>>
CellRate::productsOf(ExpressionRef factor, Operation *place) {
  std::vector<Product> made;
  if (!takeApart(factor, reader.pool().constant(1), made)) {
    form.obstruct("it has too many operations", place);
    return std::nullopt;
  }
  for (const Product &product : made)
    if (!form.rangeOf(product.rest).isBounded()) {
      form.obstructUnbounded(product.rest, nullptr, place);
      return std::nullopt;
    }
  return made;
}

//===----------------------------------------------------------------------===//
// Terms
//===----------------------------------------------------------------------===//

bool CellRate::find() {
  Precision precision(formulaBits);
  if (reader.levels().size() != 1 || reader.numNumbers())
    return false;
  const Sum *all = form.sumOf(reader.levels()[0]);
  if (!all || !isOneStage(*all))
    return false;
  affine = all->constant != nullptr;
  linear = llvm::none_of(all->terms, [](const auto &term) {
    return term.second->dependsOnState();
  });
  bool hasOwn = false;
  for (const auto &[number, factor] : all->terms) {
    hasOwn |= reader.atom(number).kind == Atom::Carried;
    if (!addTerm(number, factor))
      return false;
  }
  // A step that forgets the field.
  if (isStep && !hasOwn && !addOwn(reader.pool().constant(0)))
    return false;
  return findLosses();
}

static bool isTheLevel(ExpressionRef field, StepReader &reader) {
  return field->kind == Kind::Atom &&
         reader.atom(field->atom).kind == Atom::Carried;
}

/// Whether operators are applied to the field only, or to multiples of it.
bool CellRate::isOneStage(const Sum &all) {
  for (const auto &[number, factor] : all.terms) {
    const Atom &atom = reader.atom(number);
    if (atom.kind == Atom::Carried)
      continue;
    if (!atom.isOperator()) {
      form.obstructByAtom(number);
      return false;
    }
    const SymmetricOperator *flux =
        atom.kind == Atom::Adjoined ? form.operatorOf(number) : nullptr;
    if (atom.kind == Atom::Adjoined && !flux)
      return false;
    if (!isTheLevel(flux ? flux->argument : withFactor(atom.argument).first,
                    reader)) {
      form.obstruct("this operator is applied to more than the field", atom.op);
      return false;
    }
  }
  return true;
}

bool CellRate::addTerm(unsigned number, ExpressionRef factor) {
  const Atom &atom = reader.atom(number);
  if (atom.kind == Atom::Carried)
    return addOwn(factor);
  if (atom.kind == Atom::Applied)
    return addStencil(number, factor);
  return addFlux(*form.operatorOf(number), factor);
}

bool CellRate::addOwn(ExpressionRef factor) {
  ExpressionPool &pool = reader.pool();
  if (isStep)
    factor = pool.make(Kind::Sub, {factor, pool.constant(1)});
  auto products = productsOf(factor, nullptr);
  if (!products) {
    form.forgetObstacle();
    form.obstruct("the field has a factor with no bound", nullptr);
    return false;
  }
  for (const Product &product : *products)
    for (Total *total : {&centre, &sum})
      add(*total, product.number, product.rest);
  return true;
}

bool CellRate::addStencil(unsigned number, ExpressionRef factor) {
  ExpressionPool &pool = reader.pool();
  const Atom &applied = reader.atom(number);
  const Operator &op = *applied.linear;
  ExpressionRef within = withFactor(applied.argument).second;
  if (!readsCells(op, applied.hasValues)) {
    form.obstruct(beyondSides, applied.op);
    return false;
  }
  ExpressionRef one = pool.constant(1);
  auto outer = productsOf(factor, applied.op);
  auto inner = productsOf(within ? within : one, applied.op);
  if (!outer || !inner)
    return false;
  ExpressionMap<Interval> sums;
  ExpressionRef scale = applied.scale ? applied.scale : one;
  auto addAll = [&](Total &total, ExpressionRef weight, bool isOneCell) {
    for (const Product &a : *outer)
      for (const Product &b : *inner) {
        ExpressionRef rest =
            isOneCell || !within
                ? times(a.rest, b.rest)
                : pool.constant(form.rangeOf(a.rest) * form.rangeOf(b.rest));
        add(total, times(times(a.number, b.number), times(weight, scale)),
            rest);
      }
  };
  std::string rules = rulesOf(op);
  for (auto [offset, weight] : llvm::zip(op.offsets, applied.weights)) {
    bool isCentre =
        llvm::all_of(offset, [](int64_t distance) { return distance == 0; });
    Total &total = isCentre ? centre : others[{rules, offset}];
    for (const auto &[base, multiple] : numbers.combinationOf(weight)) {
      addAll(total, times(pool.constant(multiple), base), isCentre);
      sums[base] += multiple;
    }
  }
  bool isBalanced = true;
  for (const auto &[base, multiple] : sums)
    if (!multiple.isZero()) {
      isBalanced = false;
      addAll(sum, times(pool.constant(multiple), base), /*isOneCell=*/true);
    }
  bool isConstant = !within || numbers.isNumber(within);
  rows &= isConstant;
  columns &= numbers.isNumber(factor) && (isConstant || isBalanced) &&
             (isShift(op) || (isConstant && form.isSymmetric(number)));
  sides |= readsBeyond(op);
  values |= applied.hasValues;
  return true;
}

bool CellRate::addFlux(const SymmetricOperator &flux, ExpressionRef factor) {
  ExpressionPool &pool = reader.pool();
  const Atom &difference = reader.atom(flux.difference);
  Operation *place = reader.atom(flux.atom).op;
  auto line = lineOf(flux.linear);
  if (auto why = whyNoExchange(flux, difference.hasValues)) {
    form.obstruct(why, place);
    return false;
  }
  Numbers::Split gain = numbers.split(flux.gain);
  Interval range = form.rangeOf(gain.rest);
  auto outer = productsOf(times(factor, gain.number), place);
  if (!outer)
    return false;
  if (!range.isBounded()) {
    form.obstruct("this flux is not bounded", place);
    return false;
  }
  ExpressionRef weight = pool.constant(line->weights.begin()->second);
  if (difference.scale)
    weight = times(weight, difference.scale);
  // What each of the cell's two differences gives from a cell nearby they take.
  Total &nearby = others[{"flux" + std::to_string(flux.atom), {}}];
  for (const Product &product : *outer) {
    ExpressionRef number = times(product.number, times(weight, weight));
    add(nearby, pool.make(Kind::Neg, {number}),
        times(product.rest, pool.constant(range)));
    add(centre, number,
        times(product.rest, pool.constant(Interval(2) * hull(range, 0))));
  }
  columns &= numbers.isNumber(factor);
  sides |= readsBeyond(flux.linear);
  values |= difference.hasValues;
  linear &= flux.isLinear;
  return true;
}

//===----------------------------------------------------------------------===//
// Sums
//===----------------------------------------------------------------------===//

/// Of the product, without factors that are in `without`.
Interval CellRate::rangeOf(const Factors &factors, const Factors &without) {
  Interval range = factors.known;
  auto left = [](std::multiset<std::string> texts,
                 const std::multiset<std::string> &gone) {
    for (const std::string &text : gone)
      texts.erase(texts.find(text));
    return texts;
  };
  for (const std::string &text : left(factors.above, without.above))
    range *= numbers.rangeOf(factors.meanings.at(text));
  for (const std::string &text : left(factors.below, without.below))
    range = range / numbers.rangeOf(factors.meanings.at(text));
  return range;
}

/// Whether a total is not negative, whatever the numbers are. What all of them
/// have in common counts with its sign only.
bool CellRate::isNonNegative(const Total &total) {
  if (total.empty())
    return true;
  Factors common = total.front().factors;
  for (const Share &share : total)
    common.intersect(share.factors);
  common.known = 1;
  Interval sign = rangeOf(common, {}), all;
  for (const Share &share : total)
    all += rangeOf(share.factors, common) * form.rangeOf(share.product.rest);
  return (sign.isNonNegative() && all.isNonNegative()) ||
         (sign.isNonPositive() && all.isNonPositive()) || all.isZero();
}

bool CellRate::findLosses() {
  ExpressionPool &pool = reader.pool();
  for (const auto &[place, total] : others)
    if (!isNonNegative(total)) {
      form.obstruct("a cell nearby may count with a negative factor", nullptr);
      return false;
    }
  Total gained = sum;
  for (Share &share : gained) {
    share.factors.known = -share.factors.known;
    share.product.number = pool.make(Kind::Neg, {share.product.number});
  }
  if ((!rows && !columns) || !isNonNegative(gained)) {
    form.obstruct("what cells give may be more than they have", nullptr);
    return false;
  }
  for (const Share &share : centre) {
    auto [number, rest] = share.product;
    Interval sign = numbers.rangeOf(number), range = form.rangeOf(rest);
    if (!sign.isNonNegative() && !sign.isNonPositive()) {
      form.obstruct("the sign of a factor is not known: say by 'where' between "
                    "which values its parameters may lie",
                    nullptr);
      return false;
    }
    if (!sign.isNonNegative())
      number = pool.make(Kind::Neg, {number});
    double most = sign.isNonNegative() ? -range.low() : range.high();
    if (most > 0)
      losses.push_back({number, most});
  }
  if (!isStep && losses.empty())
    form.obstruct("it changes nothing, so that no step is too long", nullptr);
  return isStep || !losses.empty();
}

std::vector<Statement> CellRate::statements() const {
  std::vector<Statement> made;
  if (rows && columns && !values && !affine)
    made.push_back(Statement::Norm);
  if (rows && columns && linear)
    made.push_back(Statement::Distance);
  if (!affine)
    made.push_back(!rows         ? Statement::NonNegative
                   : sides       ? Statement::RangeOfSides
                   : sum.empty() ? Statement::Range
                                 : Statement::RangeOfZero);
  return made;
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

Value CellRate::emit(OpBuilder &builder) {
  Precision precision(formulaBits);
  NumberEmitter emitter(reader, builder, loc);
  Value all;
  for (const Loss &loss : losses) {
    Value own = emitter.multiply(emitter.constant(2 * loss.gain),
                                 emitter.emit(loss.number));
    all = all ? emitter.add(all, own) : own;
  }
  if (!all)
    return emitter.constant(0);
  // Upwards, by more than was rounded.
  all = emitter.multiply(all, emitter.constant(1 + slack));
  if (!isStep)
    all.getDefiningOp()->setAttr(boundsName,
                                 builder.getStringAttr(signature().text()));
  return all;
}

RateSignature CellRate::signature() const {
  RateSignature made(reader);
  for (const Loss &loss : losses)
    made.add("cell", loss.number, 2 * loss.gain);
  return made;
}

Interval CellRate::range() {
  Precision precision(formulaBits);
  if (auto bounded = signature().boundedBy(numbers))
    return hull(*bounded, 0);
  Interval all;
  for (const Loss &loss : losses)
    all += Interval(2 * loss.gain) * numbers.rangeOf(loss.number);
  return all;
}

} // namespace pdec::analysis
