//===- ScalarArithmetic.cpp - arith and math operations on numbers --------===//
//
// The third statement of what scalars are, beside support/Functions.def and the
// code that is generated: on purpose by other means (the C++ library, LLVM's
// APFloat), so that a mistake in the others shows. Results therefore agree up
// to rounding, not to the bit. An operation that is not listed is one that no
// program has; TypeSwitch stops on it.
//
//===----------------------------------------------------------------------===//

#include "compiler/reference/ScalarArithmetic.h"

#include "compiler/pde/PdeDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/TypeSwitch.h"

#include <algorithm>
#include <cmath>
#include <functional>

using namespace mlir;

namespace pdec::reference {

static Number ofConstant(arith::ConstantOp op) {
  if (auto real = dyn_cast<FloatAttr>(op.getValue()))
    return {real.getValueAsDouble(), 0};
  return {
      0, cast<IntegerAttr>(op.getValue()).getValue().isNegative() &&
                 !op.getType().isInteger(1)
             ? cast<IntegerAttr>(op.getValue()).getInt()
             : int64_t(
                   cast<IntegerAttr>(op.getValue()).getValue().getZExtValue())};
}

static bool compare(arith::CmpFPredicate predicate, double a, double b) {
  switch (predicate) {
  case arith::CmpFPredicate::OLT:
    return a < b;
  case arith::CmpFPredicate::OLE:
    return a <= b;
  case arith::CmpFPredicate::OGT:
    return a > b;
  case arith::CmpFPredicate::OGE:
    return a >= b;
  case arith::CmpFPredicate::OEQ:
    return a == b;
  case arith::CmpFPredicate::UNE:
    return a != b;
  default:
    llvm_unreachable("a comparison that scripts do not make");
  }
}

static bool compare(arith::CmpIPredicate predicate, int64_t a, int64_t b) {
  switch (predicate) {
  case arith::CmpIPredicate::slt:
    return a < b;
  case arith::CmpIPredicate::sle:
    return a <= b;
  case arith::CmpIPredicate::sgt:
    return a > b;
  case arith::CmpIPredicate::sge:
    return a >= b;
  case arith::CmpIPredicate::eq:
    return a == b;
  case arith::CmpIPredicate::ne:
    return a != b;
  default:
    llvm_unreachable("a comparison that scripts do not make");
  }
}

namespace {

Number numberOf(double value) { return {value, 0}; }
Number numberOf(int64_t value) { return {0, value}; }
Number numberOf(bool value) { return {0, value}; }

/// What a function of one or two reals is of the operands of an operation.
template <typename Function> auto ofReals(Function function) {
  return [function](const Number *operands) {
    if constexpr (std::is_invocable_v<Function, double, double>)
      return numberOf(function(operands[0].real, operands[1].real));
    else
      return numberOf(function(operands[0].real));
  };
}

/// The same of integers and truth values.
template <typename Function> auto ofIntegers(Function function) {
  return [function](const Number *operands) {
    if constexpr (std::is_invocable_v<Function, int64_t, int64_t>)
      return numberOf(function(operands[0].integer, operands[1].integer));
    else
      return numberOf(function(operands[0].integer));
  };
}

/// Cases of a TypeSwitch that look at the kind of an operation only.
template <typename Function> auto real(Function function) {
  return [function](auto) { return ofReals(function); };
}
template <typename Function> auto integer(Function function) {
  return [function](auto) { return ofIntegers(function); };
}

/// Wrapping, as the compiled code does.
template <typename Function> auto wrapping(Function function) {
  return integer([function](int64_t a, int64_t b) {
    return int64_t(function(uint64_t(a), uint64_t(b)));
  });
}

} // namespace

static double smaller(double a, double b) {
  return llvm::minimum(APFloat(a), APFloat(b)).convertToDouble();
}
static double larger(double a, double b) {
  return llvm::maximum(APFloat(a), APFloat(b)).convertToDouble();
}

/// Whether it has a real, an integer or a truth value as result. What changes a
/// type is the identity: the result is rounded to its type at the end.
static ScalarFunction::Unrounded functionOf(Operation &op) {
  return llvm::TypeSwitch<Operation *, ScalarFunction::Unrounded>(&op)
      .Case<arith::ConstantOp>([](arith::ConstantOp constant) {
        return [value = ofConstant(constant)](const Number *) { return value; };
      })
      .Case<arith::SelectOp>([](auto) {
        return [](const Number *operands) {
          return operands[0].integer ? operands[1] : operands[2];
        };
      })
      .Case<arith::AddFOp>(real(std::plus<double>()))
      .Case<arith::SubFOp>(real(std::minus<double>()))
      .Case<arith::MulFOp>(real(std::multiplies<double>()))
      .Case<arith::DivFOp>(real(std::divides<double>()))
      .Case<arith::MinimumFOp>(real(smaller))
      .Case<arith::MaximumFOp>(real(larger))
      .Case<arith::NegFOp>(real([](double a) { return -a; }))
      .Case<arith::TruncFOp, arith::ExtFOp>(real([](double a) { return a; }))
      .Case<arith::SIToFPOp>(integer([](int64_t a) { return double(a); }))
      .Case<math::AbsFOp>(real([](double a) { return std::fabs(a); }))
      .Case<pde::ExpOp>(real([](double a) { return std::exp(a); }))
      .Case<pde::LogOp>(real([](double a) { return std::log(a); }))
      .Case<math::SqrtOp>(real([](double a) { return std::sqrt(a); }))
      .Case<pde::RsqrtOp>(real([](double a) { return 1 / std::sqrt(a); }))
      .Case<pde::SinOp>(real([](double a) { return std::sin(a); }))
      .Case<pde::CosOp>(real([](double a) { return std::cos(a); }))
      .Case<pde::TanOp>(real([](double a) { return std::tan(a); }))
      .Case<pde::AtanOp>(real([](double a) { return std::atan(a); }))
      .Case<pde::TanhOp>(real([](double a) { return std::tanh(a); }))
      .Case<math::FloorOp>(real([](double a) { return std::floor(a); }))
      .Case<pde::PowOp>(real([](double a, double b) { return std::pow(a, b); }))
      .Case<arith::CmpFOp>([](arith::CmpFOp cmp) {
        return ofReals([by = cmp.getPredicate()](double a, double b) {
          return compare(by, a, b);
        });
      })
      .Case<arith::FPToSIOp>(real([](double a) { return int64_t(a); }))
      .Case<arith::AddIOp>(wrapping(std::plus<uint64_t>()))
      .Case<arith::SubIOp>(wrapping(std::minus<uint64_t>()))
      .Case<arith::MulIOp>(wrapping(std::multiplies<uint64_t>()))
      .Case<arith::MinSIOp>(
          integer([](int64_t a, int64_t b) { return std::min(a, b); }))
      .Case<arith::MaxSIOp>(
          integer([](int64_t a, int64_t b) { return std::max(a, b); }))
      .Case<arith::RemSIOp>(integer(std::modulus<int64_t>()))
      .Case<arith::AndIOp>(integer(std::bit_and<int64_t>()))
      .Case<arith::OrIOp>(integer(std::bit_or<int64_t>()))
      .Case<arith::XOrIOp>(integer(std::bit_xor<int64_t>()))
      // What is made of a choice between 1 and 0.
      .Case<arith::ExtUIOp>(integer([](int64_t a) { return a; }))
      .Case<math::AbsIOp>(integer([](int64_t a) { return a < 0 ? -a : a; }))
      .Case<arith::CmpIOp>([](arith::CmpIOp cmp) {
        return ofIntegers([by = cmp.getPredicate()](int64_t a, int64_t b) {
          return compare(by, a, b);
        });
      });
}

ScalarFunction::ScalarFunction(Operation &op)
    : unrounded(functionOf(op)), isSingle(op.getResult(0).getType().isF32()) {}

Number ScalarFunction::operator()(const Number *operands) const {
  Number made = unrounded(operands);
  // Each operation, not each expression: so do the others.
  if (isSingle)
    made.real = float(made.real);
  return made;
}

} // namespace pdec::reference
