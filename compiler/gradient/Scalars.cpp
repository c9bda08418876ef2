//===- Scalars.cpp - derivatives of operations on numbers -----------------===//
//
// Of one argument they are a column of support/Functions.def. Where there is a
// kink, one side's derivative is taken: docs/gradients.md says which.
//
//===----------------------------------------------------------------------===//

#include "compiler/gradient/Scalars.h"

#include "compiler/pde/PdeDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

/// Whether a value is chosen anywhere in an operation.
static bool choosesIn(Operation &op) {
  return op
      .walk([](Operation *inner) {
        bool chooses =
            isa<arith::SelectOp, arith::MinimumFOp, arith::MaximumFOp>(inner);
        return chooses ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

bool hasChoices(Operation *inProgram) {
  auto program = isa<ProgramOp>(inProgram)
                     ? cast<ProgramOp>(inProgram)
                     : inProgram->getParentOfType<ProgramOp>();
  Block &block = program.getBody().front();
  // Nothing is gone back through to what inputs have where no data are given.
  llvm::DenseSet<Operation *> onlyForDefaults;
  for (Operation &op : llvm::reverse(block)) {
    bool isForDefault =
        !op.use_empty() && llvm::all_of(op.getUsers(), [&](Operation *user) {
          return isa<InputOp>(user) ||
                 onlyForDefaults.contains(block.findAncestorOpInBlock(*user));
        });
    if (isForDefault)
      onlyForDefaults.insert(&op);
    else if (choosesIn(op))
      return true;
  }
  return false;
}

Value guarded(OpBuilder &builder, Location loc, Value made, Value factor) {
  auto is = [&](arith::CmpFPredicate predicate, Value a, Value b) {
    return builder.create<arith::CmpFOp>(loc, predicate, a, b);
  };
  Value zero = builder.create<arith::ConstantOp>(
      loc, builder.getZeroAttr(made.getType()));
  Value rest = builder.create<arith::SelectOp>(
      loc, is(arith::CmpFPredicate::OEQ, factor, zero), zero, made);
  // Elsewhere the product itself, which can be differentiated again.
  return builder.create<arith::SelectOp>(
      loc, is(arith::CmpFPredicate::UNE, made, made), rest, made);
}

namespace {

/// Where the operations of derivatives go.
struct Place {
  OpBuilder &builder;
  Location loc;
};

/// A number in formulas.
struct Number {
  Place *place;
  Value value;

  Number constant(double other) const {
    return {place, place->builder.create<arith::ConstantOp>(
                       place->loc,
                       place->builder.getFloatAttr(value.getType(), other))};
  }
  template <typename Op> Number with(const Number &other) const {
    return {place, place->builder.create<Op>(place->loc, value, other.value)};
  }
  template <typename Op> Number of() const {
    return {place, place->builder.create<Op>(place->loc, value)};
  }
  Value is(arith::CmpFPredicate predicate, const Number &other) const {
    return place->builder.create<arith::CmpFOp>(place->loc, predicate, value,
                                                other.value);
  }
  /// Itself where the condition holds, else the other.
  Number where(Value condition, const Number &other) const {
    return {place, place->builder.create<arith::SelectOp>(place->loc, condition,
                                                          value, other.value)};
  }
};

Number operator*(const Number &a, const Number &b) {
  return a.with<arith::MulFOp>(b);
}
Number operator/(const Number &a, const Number &b) {
  return a.with<arith::DivFOp>(b);
}
Number operator+(double a, const Number &b) {
  return b.constant(a).with<arith::AddFOp>(b);
}
Number operator-(double a, const Number &b) {
  return b.constant(a).with<arith::SubFOp>(b);
}
/// By the reciprocal, which what is made of the same b has in common: a
/// processor takes as long for one quotient as for a dozen products.
Number operator/(double a, const Number &b) {
  Number reciprocal = b.constant(1) / b;
  return a == 1 ? reciprocal : reciprocal.constant(a) * reciprocal;
}
Number operator-(const Number &a) { return a.of<arith::NegFOp>(); }

Number sin(const Number &a) { return a.of<SinOp>(); }
Number cos(const Number &a) { return a.of<CosOp>(); }
/// -1, 0 or 1.
Number sign(const Number &a) {
  Number zero = a.constant(0);
  Number up = a.constant(1).where(a.is(arith::CmpFPredicate::OGT, zero), zero);
  return a.constant(-1).where(a.is(arith::CmpFPredicate::OLT, zero), up);
}

/// Whether a factor is known to be a number, so that it makes zero of zero.
bool isFinite(Value factor) {
  if (auto conversion = factor.getDefiningOp<arith::TruncFOp>())
    factor = conversion.getIn();
  return isa_and_nonnull<arith::ConstantOp, ParamOp>(factor.getDefiningOp());
}

/// Goes back through one operation.
class Step {
public:
  Step(OpBuilder &builder, Operation &op, Value cotangent, bool isGuarded,
       function_ref<void(unsigned, Value)> give)
      : place{builder, op.getLoc()}, op(op), p{&place, cotangent},
        isGuarded(isGuarded), give(give) {}

  bool go();

private:
  Place place;
  Operation &op;
  Number p; ///< the cotangent of the result
  bool isGuarded;
  function_ref<void(unsigned, Value)> give;

  Number operand(unsigned i) { return {&place, op.getOperand(i)}; }
  Number result() { return {&place, op.getResult(0)}; }
  void tell(unsigned i, const Number &number) { give(i, number.value); }
  /// The share of an operand with this derivative.
  Number share(const Number &derivative) {
    Number made = p * derivative;
    return isFinite(derivative.value) ? made : guard(made, p);
  }
  Number guard(const Number &made, const Number &factor) {
    return isGuarded ? Number{&place, guarded(place.builder, place.loc,
                                              made.value, factor.value)}
                     : made;
  }
  void function(const Number &derivative) { tell(0, share(derivative)); }
  template <typename Op> void convert(unsigned i, Value number) {
    give(i, place.builder.create<Op>(place.loc, op.getOperand(i).getType(),
                                     number));
  }
  void choose(arith::CmpFPredicate predicate);
  void quotient();
  void select();
  void power();
};

} // namespace

/// The operand that the predicate prefers gets all; at ties the second one.
void Step::choose(arith::CmpFPredicate predicate) {
  Value isFirst = operand(0).is(predicate, operand(1));
  Number zero = p.constant(0);
  tell(0, p.where(isFirst, zero));
  tell(1, zero.where(isFirst, p));
}

void Step::quotient() {
  Number share = this->share(1 / operand(1));
  tell(0, share);
  tell(1, -guard(share * result(), share));
}

void Step::select() {
  Value condition = op.getOperand(0);
  Number zero = p.constant(0);
  tell(1, p.where(condition, zero));
  tell(2, zero.where(condition, p));
}

/// y = x^e: y' is e*x^(e-1) by x and y*log(x) by e, which is an f64 of any x.
/// Where x is zero, y does not depend on e.
void Step::power() {
  Number x = operand(0), y = result(), e = operand(1);
  Number less = e.with<arith::SubFOp>(e.constant(1));
  Value lower = place.builder.create<PowOp>(place.loc, x.value, less.value);
  Value factor = e.value;
  if (factor.getType() != x.value.getType())
    factor = place.builder.create<arith::TruncFOp>(place.loc, x.value.getType(),
                                                   factor);
  tell(0, share(Number{&place, factor} * Number{&place, lower}));
  Number zero = x.constant(0);
  Value isPositive = x.is(arith::CmpFPredicate::OGT, zero);
  Number byExponent = share((y * x.of<LogOp>()).where(isPositive, zero));
  if (e.value.getType() == x.value.getType())
    tell(1, byExponent);
  else
    convert<arith::ExtFOp>(1, byExponent.value);
}

bool Step::go() {
  if (!isa<FloatType>(op.getResult(0).getType()))
    return true;
  Number x = op.getNumOperands() ? operand(0) : p, y = result();
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX,    \
                     DERIVATIVE)                                               \
  if (isa<OPERATION>(op)) {                                                    \
    function(DERIVATIVE);                                                      \
    return true;                                                               \
  }
#include "compiler/support/Functions.def"
  return llvm::TypeSwitch<Operation *, bool>(&op)
      .Case<arith::ConstantOp, arith::SIToFPOp>([](auto) { return true; })
      .Case<arith::AddFOp>([&](auto) {
        tell(0, p);
        tell(1, p);
        return true;
      })
      .Case<arith::SubFOp>([&](auto) {
        tell(0, p);
        tell(1, -p);
        return true;
      })
      .Case<arith::MulFOp>([&](auto) {
        tell(0, share(operand(1)));
        tell(1, share(operand(0)));
        return true;
      })
      .Case<arith::DivFOp>([&](auto) { return quotient(), true; })
      .Case<arith::NegFOp>([&](auto) { return tell(0, -p), true; })
      .Case<arith::SelectOp>([&](auto) { return select(), true; })
      .Case<arith::MinimumFOp>(
          [&](auto) { return choose(arith::CmpFPredicate::OLT), true; })
      .Case<arith::MaximumFOp>(
          [&](auto) { return choose(arith::CmpFPredicate::OGT), true; })
      .Case<arith::TruncFOp>(
          [&](auto) { return convert<arith::ExtFOp>(0, p.value), true; })
      .Case<arith::ExtFOp>(
          [&](auto) { return convert<arith::TruncFOp>(0, p.value), true; })
      .Case<RsqrtOp>([&](auto) {
        return function(p.constant(-0.5) * (y * (y * y))), true;
      })
      .Case<PowOp>([&](auto) { return power(), true; })
      .Default([](auto) { return false; });
}

bool goBack(OpBuilder &builder, Operation &op, Value cotangent, bool isGuarded,
            function_ref<void(unsigned, Value)> give) {
  return Step(builder, op, cotangent, isGuarded, give).go();
}

} // namespace pdec::gradient
