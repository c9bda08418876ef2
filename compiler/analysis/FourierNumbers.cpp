//===- FourierNumbers.cpp - scalar operations on numbers ------------------===//

#include "compiler/analysis/FourierNumbers.h"
#include "compiler/analysis/Entries.h"
#include "compiler/analysis/Expressions.h"
#include "compiler/functions/Functions.h"
#include "compiler/pde/PdeDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/TypeSwitch.h"

#include <algorithm>

using namespace mlir;

namespace pdec::analysis::fourier {

static std::optional<double> ofConstant(arith::ConstantOp op) {
  if (auto real = dyn_cast<FloatAttr>(op.getValue()))
    return real.getValueAsDouble();
  auto integer = dyn_cast<IntegerAttr>(op.getValue());
  if (!integer)
    return std::nullopt;
  return op.getType().isInteger(1) ? double(!integer.getValue().isZero())
                                   : double(integer.getInt());
}

static std::optional<double> compare(Operation &op, double a, double b) {
  std::optional<Comparison> comparison = comparisonOf(op);
  if (!comparison)
    return std::nullopt;
  if (comparison->isSwapped)
    std::swap(a, b);
  bool holds = comparison->kind == ExpressionKind::Less        ? a < b
               : comparison->kind == ExpressionKind::LessEqual ? a <= b
                                                               : a == b;
  return holds != comparison->isNegated;
}

/// Operations of one argument.
static std::optional<double> unary(Operation &op, double a) {
  return llvm::TypeSwitch<Operation *, std::optional<double>>(&op)
      .Case<arith::NegFOp>([&](auto) { return -a; })
      .Case<arith::SIToFPOp, arith::ExtUIOp, arith::TruncFOp, arith::ExtFOp,
            math::AbsIOp>(
          [&](auto) { return isa<math::AbsIOp>(op) ? std::abs(a) : a; })
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX,    \
                     DERIVATIVE)                                               \
  .Case<OPERATION>([&](auto) { return VALUE; })
#include "compiler/support/Functions.def"
      .Case<pde::RsqrtOp>([&](auto) { return 1 / std::sqrt(a); })
      .Default([](auto) { return std::nullopt; });
}

/// Operations of two arguments. Truth values are 1 and 0, for which exclusive
/// or is the distance.
static std::optional<double> binary(Operation &op, double a, double b) {
  return llvm::TypeSwitch<Operation *, std::optional<double>>(&op)
      .Case<arith::AddFOp, arith::AddIOp>([&](auto) { return a + b; })
      .Case<arith::SubFOp, arith::SubIOp>([&](auto) { return a - b; })
      .Case<arith::MulFOp, arith::MulIOp>([&](auto) { return a * b; })
      .Case<arith::DivFOp>([&](auto) { return a / b; })
      .Case<arith::MinimumFOp, arith::MinSIOp>(
          [&](auto) { return std::min(a, b); })
      .Case<arith::MaximumFOp, arith::MaxSIOp>(
          [&](auto) { return std::max(a, b); })
      .Case<pde::PowOp>([&](auto) { return functions::pow(a, b); })
      .Case<arith::CmpFOp, arith::CmpIOp>(
          [&](auto) { return compare(op, a, b); })
      .Case<arith::AndIOp, arith::OrIOp, arith::XOrIOp>(
          [&](auto logic) -> std::optional<double> {
            if (!logic.getType().isInteger(1))
              return std::nullopt;
            return isa<arith::AndIOp>(op)  ? a * b
                   : isa<arith::OrIOp>(op) ? std::max(a, b)
                                           : std::abs(a - b);
          })
      .Default([](auto) { return std::nullopt; });
}

/// What is known although an argument is not: zero times anything, false and
/// anything, true or anything.
static std::optional<double> knownAnyway(Operation &op, ArrayRef<Number> args) {
  auto isAny = [&](double value) {
    return llvm::any_of(args, [&](Number arg) { return arg.is(value); });
  };
  if (isa<arith::MulFOp, arith::MulIOp, arith::AndIOp>(op) && isAny(0))
    return 0;
  if (isa<arith::DivFOp>(op) && args[0].is(0))
    return 0;
  if (isa<arith::OrIOp>(op) && op.getResult(0).getType().isInteger(1) &&
      isAny(1))
    return 1;
  return std::nullopt;
}

/// Of numbers that are made of the iterate: still its linear function, or
/// nothing that is known.
static bool isLinear(Operation &op, ArrayRef<Number> args) {
  if (isa<arith::MulFOp>(op))
    return !(args[0].isOfIterate && args[1].isOfIterate);
  if (isa<arith::DivFOp>(op))
    return !args[1].isOfIterate;
  return isa<arith::AddFOp, arith::SubFOp, arith::NegFOp>(op);
}

/// An entry whose array and indices are known.
static std::optional<double> ofEntry(Operation &op, ArrayRef<Number> args) {
  auto entry = dyn_cast<pde::EntryOp>(op);
  if (!entry)
    return std::nullopt;
  SmallVector<int64_t> indices;
  for (const Number &index : args.take_back(entry.getIndices().size())) {
    if (!index.isKnown)
      return std::nullopt;
    indices.push_back(int64_t(index.value));
  }
  return knownEntry(entry, indices);
}

Number valueOf(Operation &op, ArrayRef<Number> args, Draws &draws) {
  if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
    auto value = ofConstant(constant);
    return value ? Number{*value, true} : draws();
  }
  if (auto entry = ofEntry(op, args))
    return {*entry, true};
  bool areKnown = llvm::all_of(args, [](Number arg) { return arg.isKnown; });
  bool isOfIterate =
      llvm::any_of(args, [](Number arg) { return arg.isOfIterate; });
  if (isa<arith::SelectOp>(op)) {
    if (args[0].isKnown && !args[0].isOfIterate)
      return args[args[0].value != 0 ? 1 : 2];
    return args[1] == args[2] ? args[1] : draws();
  }
  if (isOfIterate && !isLinear(op, args))
    return draws();
  if (!areKnown)
    if (auto known = knownAnyway(op, args))
      return {*known, true, isOfIterate};
  // A comparison with something unknown says nothing.
  if (!areKnown && op.getNumResults() && op.getResult(0).getType().isInteger(1))
    return {NAN, false};
  std::optional<double> made;
  if (args.size() == 1)
    made = unary(op, args[0].value);
  else if (args.size() == 2)
    made = binary(op, args[0].value, args[1].value);
  return made ? Number{*made, areKnown, isOfIterate} : draws();
}

} // namespace pdec::analysis::fourier
