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

/// Operations with a real result.
static double real(Operation &op, ArrayRef<Number> args) {
  double a = args[0].real, b = args.size() > 1 ? args[1].real : 0;
  return llvm::TypeSwitch<Operation *, double>(&op)
      .Case<arith::AddFOp>([&](auto) { return a + b; })
      .Case<arith::SubFOp>([&](auto) { return a - b; })
      .Case<arith::MulFOp>([&](auto) { return a * b; })
      .Case<arith::DivFOp>([&](auto) { return a / b; })
      .Case<arith::MinimumFOp>([&](auto) {
        return llvm::minimum(APFloat(a), APFloat(b)).convertToDouble();
      })
      .Case<arith::MaximumFOp>([&](auto) {
        return llvm::maximum(APFloat(a), APFloat(b)).convertToDouble();
      })
      .Case<arith::NegFOp>([&](auto) { return -a; })
      // The result is rounded to its type at the end.
      .Case<arith::TruncFOp, arith::ExtFOp>([&](auto) { return a; })
      .Case<arith::SIToFPOp>([&](auto) { return double(args[0].integer); })
      .Case<math::AbsFOp>([&](auto) { return std::fabs(a); })
      .Case<pde::ExpOp>([&](auto) { return std::exp(a); })
      .Case<pde::LogOp>([&](auto) { return std::log(a); })
      .Case<math::SqrtOp>([&](auto) { return std::sqrt(a); })
      .Case<pde::RsqrtOp>([&](auto) { return 1 / std::sqrt(a); })
      .Case<pde::SinOp>([&](auto) { return std::sin(a); })
      .Case<pde::CosOp>([&](auto) { return std::cos(a); })
      .Case<pde::TanOp>([&](auto) { return std::tan(a); })
      .Case<pde::AtanOp>([&](auto) { return std::atan(a); })
      .Case<pde::TanhOp>([&](auto) { return std::tanh(a); })
      .Case<math::FloorOp>([&](auto) { return std::floor(a); })
      .Case<pde::PowOp>([&](auto) { return std::pow(a, b); });
}

/// Operations with an integer or a truth value as result.
static int64_t integer(Operation &op, ArrayRef<Number> args) {
  int64_t a = args[0].integer, b = args.size() > 1 ? args[1].integer : 0;
  // Wrapping, as the compiled code does.
  auto wrap = [](auto function, int64_t x, int64_t y) {
    return int64_t(function(uint64_t(x), uint64_t(y)));
  };
  return llvm::TypeSwitch<Operation *, int64_t>(&op)
      .Case<arith::AddIOp>([&](auto) { return wrap(std::plus<>(), a, b); })
      .Case<arith::SubIOp>([&](auto) { return wrap(std::minus<>(), a, b); })
      .Case<arith::MulIOp>(
          [&](auto) { return wrap(std::multiplies<>(), a, b); })
      .Case<arith::MinSIOp>([&](auto) { return std::min(a, b); })
      .Case<arith::MaxSIOp>([&](auto) { return std::max(a, b); })
      .Case<arith::RemSIOp>([&](auto) { return a % b; })
      .Case<arith::FPToSIOp>([&](auto) { return int64_t(args[0].real); })
      .Case<arith::AndIOp>([&](auto) { return a & b; })
      .Case<arith::OrIOp>([&](auto) { return a | b; })
      .Case<arith::XOrIOp>([&](auto) { return a ^ b; })
      // What is made of a choice between 1 and 0.
      .Case<arith::ExtUIOp>([&](auto) { return a; })
      .Case<math::AbsIOp>([&](auto) { return a < 0 ? -a : a; })
      .Case<arith::CmpFOp>([&](arith::CmpFOp cmp) {
        return compare(cmp.getPredicate(), args[0].real, args[1].real);
      })
      .Case<arith::CmpIOp>(
          [&](arith::CmpIOp cmp) { return compare(cmp.getPredicate(), a, b); });
}

Number evaluateScalar(Operation &op, ArrayRef<Number> args) {
  if (auto constant = dyn_cast<arith::ConstantOp>(op))
    return ofConstant(constant);
  if (isa<arith::SelectOp>(op))
    return args[0].integer ? args[1] : args[2];
  Type type = op.getResult(0).getType();
  if (!isa<FloatType>(type))
    return {0, integer(op, args)};
  double value = real(op, args);
  // Each operation, not each expression: so do the others.
  return {type.isF32() ? double(float(value)) : value, 0};
}

} // namespace pdec::reference
