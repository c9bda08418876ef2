//===- Expressions.cpp - what a cell's value is made of -------------------===//

#include "compiler/analysis/Expressions.h"

#include "compiler/analysis/Ranges.h"
#include "compiler/pde/PdeDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/TypeSwitch.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

using namespace mlir;

namespace pdec::analysis {

using Kind = ExpressionKind;

//===----------------------------------------------------------------------===//
// Making
//===----------------------------------------------------------------------===//

ExpressionRef ExpressionPool::intern(Expression made) {
  std::string key = std::to_string(int(made.kind));
  for (ExpressionRef arg : made.args) {
    key += ' ' + std::to_string(arg->id);
    made.atoms.insert(made.atoms.end(), arg->atoms.begin(), arg->atoms.end());
    made.data.insert(made.data.end(), arg->data.begin(), arg->data.end());
  }
  if (made.kind == Kind::Constant)
    key += 'c' + made.constant.key() + made.dependence.key();
  if (made.kind == Kind::Atom)
    key += 'a' + std::to_string(made.atom);
  auto [place, isNew] = known.try_emplace(std::move(key));
  if (!isNew)
    return place->second;
  for (std::vector<unsigned> *atoms : {&made.atoms, &made.data}) {
    std::sort(atoms->begin(), atoms->end());
    atoms->erase(std::unique(atoms->begin(), atoms->end()), atoms->end());
  }
  made.id = expressions.size();
  expressions.push_back(std::move(made));
  return place->second = &expressions.back();
}

ExpressionRef ExpressionPool::constant(const Interval &value,
                                       Dependence dependence) {
  Expression made;
  made.constant = value;
  // Powers times zero are zero.
  if (!value.isZero() || dependence.isOtherThanPowers())
    made.dependence = std::move(dependence);
  return intern(std::move(made));
}

void ExpressionPool::assume(const Dependence &dependence) {
  if (!dependence.isNone())
    assumed = ofAny(assumed, dependence);
}

ExpressionRef ExpressionPool::atom(bool isState) {
  Expression made;
  made.kind = Kind::Atom;
  made.atom = atomCount++;
  (isState ? made.atoms : made.data).push_back(made.atom);
  return intern(std::move(made));
}

ExpressionRef ExpressionPool::quotient(ExpressionRef value,
                                       ExpressionRef atom) {
  return make(Kind::Quotient, {value, atom});
}

/// Arithmetic on numbers; nothing for what else may be done to them.
static std::optional<Interval> computed(Kind kind,
                                        ArrayRef<ExpressionRef> args) {
  const Interval &a = args[0]->constant;
  if (kind == Kind::Neg)
    return -a;
  if (args.size() != 2)
    return std::nullopt;
  const Interval &b = args[1]->constant;
  switch (kind) {
  case Kind::Add:
    return a + b;
  case Kind::Sub:
    return a - b;
  case Kind::Mul:
    return args[0] == args[1] ? square(a) : a * b;
  case Kind::Div:
    return a / b;
  default:
    return std::nullopt;
  }
}

/// How a number made of others depends on parameters.
static Dependence dependenceOf(Kind kind, ArrayRef<ExpressionRef> args) {
  auto of = [&](unsigned i) { return args[i]->dependence; };
  switch (kind) {
  case Kind::Neg:
  case Kind::ToReal:
    return of(0);
  case Kind::Mul:
    return of(0) * of(1);
  case Kind::Div:
    return of(0) / of(1);
  case Kind::Add:
  case Kind::Sub:
    return ofSum(of(0), of(1));
  default: {
    Dependence all;
    for (ExpressionRef arg : args)
      all = ofAny(all, arg->dependence);
    return all;
  }
  }
}

ExpressionRef ExpressionPool::make(Kind kind, std::vector<ExpressionRef> args) {
  auto isOne = [&](unsigned i) {
    return args[i]->isConstant() && args[i]->constant.isCertainly(1) &&
           args[i]->dependence.isNone();
  };
  auto isZero = [&](unsigned i) {
    if (!args[i]->isConstant() || !args[i]->constant.isCertainly(0))
      return false;
    assume(args[i]->dependence);
    return true;
  };
  // What leaves nothing of an argument leaves nothing to ask of it.
  if (kind == Kind::Mul && (isZero(0) || isZero(1)))
    return constant(0);
  if (kind == Kind::Mul && isOne(0))
    return args[1];
  if ((kind == Kind::Mul || kind == Kind::Div) && isOne(1))
    return args[0];
  if (kind == Kind::Add && isZero(0))
    return args[1];
  if ((kind == Kind::Add || kind == Kind::Sub) && isZero(1))
    return args[0];
  if (kind == Kind::Select && args[0]->isConstant() &&
      args[0]->constant.isPoint()) {
    assume(args[0]->dependence);
    return args[args[0]->constant.isZero() ? 2 : 1];
  }
  Expression made;
  made.kind = kind;
  made.args = std::move(args);
  bool isKnown = llvm::all_of(
      made.args, [](ExpressionRef arg) { return arg->isConstant(); });
  // A number; how it was made is not kept.
  if (isKnown && kind != Kind::Quotient) {
    auto number = computed(kind, made.args);
    return constant(number ? *number : enclose(&made, {}, 0).value,
                    dependenceOf(kind, made.args));
  }
  return intern(std::move(made));
}

static void write(ExpressionRef expression, const Box &box, std::string &text,
                  std::map<ExpressionRef, unsigned> &numbers) {
  auto [place, isNew] = numbers.try_emplace(expression, numbers.size());
  text += '%' + std::to_string(place->second);
  if (!isNew)
    return;
  text += '=' + std::to_string(int(expression->kind));
  if (expression->isConstant())
    text += expression->constant.key();
  if (expression->kind == Kind::Atom)
    text += box[expression->atom].key();
  text += '(';
  for (ExpressionRef arg : expression->args)
    write(arg, box, text, numbers);
  text += ')';
}

std::string ExpressionPool::textOf(ExpressionRef expression,
                                   const Box &box) const {
  std::string text;
  std::map<ExpressionRef, unsigned> numbers;
  write(expression, box, text, numbers);
  return text;
}

//===----------------------------------------------------------------------===//
// Of operations
//===----------------------------------------------------------------------===//

static std::optional<Interval> constantOf(Operation &op) {
  auto constant = dyn_cast<arith::ConstantOp>(op);
  if (!constant)
    return std::nullopt;
  if (auto real = dyn_cast<FloatAttr>(constant.getValue()))
    return Interval(real.getValueAsDouble());
  auto integer = dyn_cast<IntegerAttr>(constant.getValue());
  if (!integer)
    return std::nullopt;
  if (integer.getType().isInteger(1))
    return Interval(integer.getValue().isZero() ? 0 : 1);
  // Integers beyond 2^53 lie between two doubles.
  double value = double(integer.getInt());
  bool isExact = std::abs(value) <= 0x1p53;
  return isExact ? Interval(value)
                 : Interval(std::nextafter(value, -INFINITY),
                            std::nextafter(value, INFINITY));
}

std::optional<Comparison> comparisonOf(Operation &op) {
  if (auto real = dyn_cast<arith::CmpFOp>(op))
    switch (real.getPredicate()) {
    case arith::CmpFPredicate::OLT:
      return Comparison{Kind::Less};
    case arith::CmpFPredicate::OLE:
      return Comparison{Kind::LessEqual};
    case arith::CmpFPredicate::OGT:
      return Comparison{Kind::Less, true};
    case arith::CmpFPredicate::OGE:
      return Comparison{Kind::LessEqual, true};
    case arith::CmpFPredicate::OEQ:
      return Comparison{Kind::Equal};
    case arith::CmpFPredicate::UNE:
      return Comparison{Kind::Equal, false, true};
    default:
      return std::nullopt;
    }
  if (auto integer = dyn_cast<arith::CmpIOp>(op))
    switch (integer.getPredicate()) {
    case arith::CmpIPredicate::slt:
      return Comparison{Kind::Less};
    case arith::CmpIPredicate::sle:
      return Comparison{Kind::LessEqual};
    case arith::CmpIPredicate::sgt:
      return Comparison{Kind::Less, true};
    case arith::CmpIPredicate::sge:
      return Comparison{Kind::LessEqual, true};
    case arith::CmpIPredicate::eq:
      return Comparison{Kind::Equal};
    case arith::CmpIPredicate::ne:
      return Comparison{Kind::Equal, false, true};
    default:
      return std::nullopt;
    }
  return std::nullopt;
}

static std::optional<Kind> kindOf(Operation &op) {
  return llvm::TypeSwitch<Operation *, std::optional<Kind>>(&op)
      .Case<arith::AddFOp, arith::AddIOp>([](auto) { return Kind::Add; })
      .Case<arith::SubFOp, arith::SubIOp>([](auto) { return Kind::Sub; })
      .Case<arith::MulFOp, arith::MulIOp>([](auto) { return Kind::Mul; })
      .Case<arith::DivFOp>([](auto) { return Kind::Div; })
      .Case<arith::NegFOp>([](auto) { return Kind::Neg; })
      .Case<arith::AndIOp>([](auto) { return Kind::And; })
      .Case<arith::OrIOp>([](auto) { return Kind::Or; })
      .Case<arith::XOrIOp>([](auto) { return Kind::NotEqual; })
      .Case<arith::SelectOp>([](auto) { return Kind::Select; })
      .Case<pde::PowOp>([](auto) { return Kind::Pow; })
      .Case<pde::RsqrtOp>([](auto) { return Kind::Rsqrt; })
      .Case<math::AbsIOp>([](auto) { return Kind::Abs; })
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX,    \
                     DERIVATIVE)                                               \
  .Case<OPERATION>([](auto) { return Kind::NODE; })
#define PDE_EXTREMUM(NAME, NODE, OPERATION, INTEGER_OPERATION, ONNX)           \
  .Case<OPERATION, INTEGER_OPERATION>([](auto) { return Kind::NODE; })
#include "compiler/support/Functions.def"
      .Default([](auto) { return std::nullopt; });
}

ExpressionRef ExpressionPool::of(Operation &op, ArrayRef<ExpressionRef> args) {
  if (auto number = constantOf(op))
    return constant(*number);
  // The statements are about numbers, not about their rounding.
  if (isa<arith::TruncFOp, arith::ExtFOp, arith::SIToFPOp, arith::ExtUIOp>(op))
    return args[0];
  if (auto comparison = comparisonOf(op)) {
    std::vector<ExpressionRef> sides(args.begin(), args.end());
    if (comparison->isSwapped)
      std::swap(sides[0], sides[1]);
    ExpressionRef made = make(comparison->kind, sides);
    return comparison->isNegated ? make(Kind::Not, {made}) : made;
  }
  if (auto kind = kindOf(op))
    return make(*kind, {args.begin(), args.end()});
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Enclosing
//===----------------------------------------------------------------------===//

/// One walk over an expression and its parts.
class ExpressionPool::Evaluation {
public:
  Evaluation(const Box &box, unsigned direction)
      : box(box), direction(direction) {}

  const Enclosure &of(ExpressionRef expression) {
    auto found = done.find(expression);
    if (found != done.end())
      return found->second;
    Enclosure made = make(expression);
    // f' = e*f/s.
    if (made.quotient && made.elasticity)
      made.slope = intersection(made.slope, *made.quotient * *made.elasticity);
    return done.emplace(expression, std::move(made)).first->second;
  }

private:
  const Box &box;
  unsigned direction;
  std::unordered_map<ExpressionRef, Enclosure> done;

  Enclosure make(ExpressionRef expression);
  Enclosure product(ExpressionRef expression);
  Enclosure divided(ExpressionRef expression);
  Enclosure power(ExpressionRef expression);
  Enclosure extremum(ExpressionRef expression);
  Enclosure selected(ExpressionRef expression);
  Enclosure function(ExpressionRef expression);
  Enclosure ofAtom(unsigned atom);
  std::optional<Interval> elasticityOfSum(const Enclosure &a,
                                          const Enclosure &b);
  Enclosure ofQuotient(ExpressionRef expression);
  Interval truthOf(ExpressionRef expression);
};

/// The sum of both quotients if both are known.
static std::optional<Interval> added(const std::optional<Interval> &a,
                                     const std::optional<Interval> &b,
                                     bool minus) {
  if (!a || !b)
    return std::nullopt;
  return minus ? *a - *b : *a + *b;
}

Enclosure ExpressionPool::Evaluation::product(ExpressionRef expression) {
  const Enclosure a = of(expression->args[0]);
  if (expression->args[0] == expression->args[1]) {
    Enclosure made{square(a.value), Interval(2) * a.value * a.slope};
    if (a.quotient)
      made.quotient = *a.quotient * a.value;
    if (a.elasticity)
      made.elasticity = Interval(2) * *a.elasticity;
    return made;
  }
  const Enclosure &b = of(expression->args[1]);
  Enclosure made{a.value * b.value, a.slope * b.value + a.value * b.slope};
  if (a.quotient)
    made.quotient = *a.quotient * b.value;
  if (b.quotient) {
    Interval other = a.value * *b.quotient;
    made.quotient = made.quotient ? intersection(*made.quotient, other) : other;
  }
  made.elasticity = added(a.elasticity, b.elasticity, /*minus=*/false);
  return made;
}

Enclosure ExpressionPool::Evaluation::divided(ExpressionRef expression) {
  const Enclosure a = of(expression->args[0]);
  const Enclosure &b = of(expression->args[1]);
  Enclosure made{a.value / b.value, 0};
  made.slope = (a.slope - made.value * b.slope) / b.value;
  if (a.quotient)
    made.quotient = *a.quotient / b.value;
  made.elasticity = added(a.elasticity, b.elasticity, /*minus=*/true);
  return made;
}

/// Of terms of one sign: a mean of both, weighted by the terms.
std::optional<Interval>
ExpressionPool::Evaluation::elasticityOfSum(const Enclosure &a,
                                            const Enclosure &b) {
  bool isOneSign = (a.value.isNonNegative() && b.value.isNonNegative()) ||
                   (a.value.isNonPositive() && b.value.isNonPositive());
  if (!isOneSign || !a.elasticity || !b.elasticity)
    return std::nullopt;
  return hull(*a.elasticity, *b.elasticity);
}

/// Powers that are no products: only of what is positive.
Enclosure ExpressionPool::Evaluation::power(ExpressionRef expression) {
  const Enclosure a = of(expression->args[0]);
  const Enclosure &b = of(expression->args[1]);
  if (!a.value.isNonNegative())
    return {Interval::whole(), Interval::whole()};
  Interval value = exp(b.value * log(a.value));
  Enclosure made{
      value, value * (b.slope * log(a.value) + b.value * a.slope / a.value)};
  if (a.elasticity && b.slope.isZero())
    made.elasticity = b.value * *a.elasticity;
  return made;
}

Enclosure ExpressionPool::Evaluation::extremum(ExpressionRef expression) {
  const Enclosure a = of(expression->args[0]);
  const Enclosure &b = of(expression->args[1]);
  bool isMin = expression->kind == Kind::Min;
  if (a.value.isAtMost(b.value))
    return isMin ? a : b;
  if (b.value.isAtMost(a.value))
    return isMin ? b : a;
  Enclosure made{isMin ? min(a.value, b.value) : max(a.value, b.value),
                 hull(a.slope, b.slope)};
  if (a.quotient && b.quotient)
    made.quotient = hull(*a.quotient, *b.quotient);
  if (a.elasticity && b.elasticity)
    made.elasticity = hull(*a.elasticity, *b.elasticity);
  return made;
}

Enclosure ExpressionPool::Evaluation::selected(ExpressionRef expression) {
  Interval condition = of(expression->args[0]).value;
  const Enclosure yes = of(expression->args[1]);
  const Enclosure &no = of(expression->args[2]);
  if (condition.isPoint())
    return condition.isZero() ? no : yes;
  // There may be a jump where the condition changes.
  Enclosure made{hull(yes.value, no.value), Interval::whole()};
  if (yes.quotient && no.quotient)
    made.quotient = hull(*yes.quotient, *no.quotient);
  return made;
}

/// Comparisons and what is made of them: [0, 0], [1, 1], or not known.
Interval ExpressionPool::Evaluation::truthOf(ExpressionRef expression) {
  const Interval a = of(expression->args[0]).value;
  if (expression->kind == Kind::Not)
    return Interval::truth(a.contains(1), a.contains(0));
  const Interval &b = of(expression->args[1]).value;
  bool mayBeEqual = !a.isBelow(b) && !b.isBelow(a);
  bool mayDiffer = !(a.isPoint() && b.isPoint() && mayBeEqual);
  switch (expression->kind) {
  case Kind::Less:
    return Interval::truth(!a.isBelow(b), !b.isAtMost(a));
  case Kind::LessEqual:
    return Interval::truth(!a.isAtMost(b), !b.isBelow(a));
  case Kind::Equal:
    return Interval::truth(mayDiffer, mayBeEqual);
  case Kind::NotEqual:
    return Interval::truth(mayBeEqual, mayDiffer);
  case Kind::And:
    return min(a, b);
  case Kind::Or:
    return max(a, b);
  default:
    llvm_unreachable("a comparison or what is made of some");
  }
}

Enclosure ExpressionPool::Evaluation::function(ExpressionRef expression) {
  const Enclosure &a = of(expression->args[0]);
  const Interval &x = a.value;
  switch (expression->kind) {
  case Kind::Abs: {
    Interval sign = x.isNonNegative()   ? Interval(1)
                    : x.isNonPositive() ? Interval(-1)
                                        : Interval(-1, 1);
    Enclosure made{abs(x), sign * a.slope};
    if (a.quotient)
      made.quotient = sign * *a.quotient;
    made.elasticity = a.elasticity;
    return made;
  }
  case Kind::Exp: {
    Interval value = exp(x);
    Enclosure made{value, value * a.slope};
    if (a.elasticity)
      made.elasticity = *a.elasticity * x;
    return made;
  }
  case Kind::Log:
    return {log(x), a.slope / x};
  case Kind::Sqrt: {
    Interval value = sqrt(x);
    Enclosure made{value, a.slope / (Interval(2) * value)};
    if (a.elasticity)
      made.elasticity = *a.elasticity / Interval(2);
    return made;
  }
  case Kind::Rsqrt: {
    Interval value = Interval(1) / sqrt(x);
    Enclosure made{value, -(value * value * value * a.slope) / Interval(2)};
    if (a.elasticity)
      made.elasticity = -(*a.elasticity / Interval(2));
    return made;
  }
  case Kind::Sin:
    return {sin(x), cos(x) * a.slope};
  case Kind::Cos:
    return {cos(x), -(sin(x) * a.slope)};
  case Kind::Tan: {
    Interval value = tan(x);
    return {value, (Interval(1) + square(value)) * a.slope};
  }
  case Kind::Atan:
    return {atan(x), a.slope / (Interval(1) + square(x))};
  case Kind::Tanh: {
    Interval value = tanh(x);
    return {value, (Interval(1) - square(value)) * a.slope};
  }
  case Kind::Floor: {
    Interval value = floor(x);
    return {value, value.isPoint() ? Interval(0) : Interval::whole()};
  }
  default:
    return {Interval::whole(), Interval::whole()};
  }
}

/// A quotient by an atom, by what is known of the dividend: it is zero where
/// the atom is, so the quotient lies among the slopes between.
Enclosure ExpressionPool::Evaluation::ofQuotient(ExpressionRef expression) {
  unsigned atom = expression->args[1]->atom;
  const Interval &divisor = box[atom];
  Evaluation byAtom(box, atom);
  const Enclosure &dividend = byAtom.of(expression->args[0]);
  Interval value = dividend.quotient.value_or(Interval::whole());
  value = divisor.contains(0) ? intersection(value, dividend.slope)
                              : intersection(value, dividend.value / divisor);
  return {value, Interval::whole()};
}

Enclosure ExpressionPool::Evaluation::ofAtom(unsigned atom) {
  bool isDirection = atom == direction;
  Enclosure made{box[atom], isDirection ? 1 : 0};
  made.elasticity = made.slope;
  if (isDirection)
    made.quotient = Interval(1);
  return made;
}

Enclosure ExpressionPool::Evaluation::make(ExpressionRef expression) {
  auto arg = [&](unsigned i) -> const Enclosure & {
    return of(expression->args[i]);
  };
  switch (expression->kind) {
  case Kind::Constant: {
    Enclosure made{expression->constant, 0};
    made.elasticity = Interval(0);
    if (expression->constant.isZero())
      made.quotient = Interval(0);
    return made;
  }
  case Kind::Atom:
    return ofAtom(expression->atom);
  case Kind::Quotient:
    return ofQuotient(expression);
  case Kind::Neg: {
    const Enclosure &a = arg(0);
    Enclosure made{-a.value, -a.slope};
    if (a.quotient)
      made.quotient = -*a.quotient;
    made.elasticity = a.elasticity;
    return made;
  }
  case Kind::ToReal:
    return arg(0);
  case Kind::Add:
  case Kind::Sub: {
    bool minus = expression->kind == Kind::Sub;
    const Enclosure &a = arg(0);
    const Enclosure &b = arg(1);
    Enclosure made{minus ? a.value - b.value : a.value + b.value,
                   minus ? a.slope - b.slope : a.slope + b.slope,
                   added(a.quotient, b.quotient, minus)};
    if (!minus)
      made.elasticity = elasticityOfSum(a, b);
    return made;
  }
  case Kind::Mul:
    return product(expression);
  case Kind::Div:
    return divided(expression);
  case Kind::Pow:
    return power(expression);
  case Kind::Min:
  case Kind::Max:
    return extremum(expression);
  case Kind::Select:
    return selected(expression);
  case Kind::Less:
  case Kind::LessEqual:
  case Kind::Equal:
  case Kind::NotEqual:
  case Kind::Not:
  case Kind::And:
  case Kind::Or:
    return {truthOf(expression), 0};
  default:
    return function(expression);
  }
}

Enclosure ExpressionPool::enclose(ExpressionRef expression, const Box &box,
                                  unsigned direction) {
  return Evaluation(box, direction).of(expression);
}

//===----------------------------------------------------------------------===//
// Ranges
//===----------------------------------------------------------------------===//

static std::vector<unsigned> axesOf(ExpressionRef expression) {
  std::vector<unsigned> axes = expression->atoms;
  axes.insert(axes.end(), expression->data.begin(), expression->data.end());
  return axes;
}

Interval ExpressionPool::range(ExpressionRef expression, const Box &box) {
  if (expression->isConstant())
    return expression->constant;
  Precision precision(64);
  return rangeOver(
      [&](const Box &part) { return enclose(expression, part, ~0u).value; },
      axesOf(expression), box);
}

Interval ExpressionPool::slopes(ExpressionRef expression, unsigned atom,
                                const Box &box) {
  Precision precision(64);
  return rangeOver(
      [&](const Box &part) { return enclose(expression, part, atom).slope; },
      axesOf(expression), box);
}

} // namespace pdec::analysis
