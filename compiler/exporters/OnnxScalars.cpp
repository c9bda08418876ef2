//===- OnnxScalars.cpp - arithmetic, of numbers and of whole tensors ------===//
//
// Numbers are tensors without axes, which ONNX spreads over others by itself:
// one node says an operation of both. No arithmetic is merged or reordered.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/OnnxScalars.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/StringSwitch.h"

using namespace mlir;

namespace pdec::exporters {

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

/// The operator with the meaning of an operation, or empty.
static const char *operatorOf(Operation &op) {
  return llvm::StringSwitch<const char *>(op.getName().getStringRef())
      .Cases("arith.addf", "arith.addi", "Add")
      .Cases("arith.subf", "arith.subi", "Sub")
      .Cases("arith.mulf", "arith.muli", "Mul")
      .Case("arith.divf", "Div")
      .Case("arith.negf", "Neg")
      .Case("arith.andi", "And")
      .Case("arith.ori", "Or")
      .Case("arith.xori", "Xor")
      .Case("arith.select", "Where")
      .Case("math.absi", "Abs")
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX,    \
                     DERIVATIVE)                                               \
  .Case(OPERATION::getOperationName(), #ONNX)
#define PDE_EXTREMUM(NAME, NODE, OPERATION, INTEGER_OPERATION, ONNX)           \
  .Cases(OPERATION::getOperationName(), INTEGER_OPERATION::getOperationName(), \
         #ONNX)
#include "compiler/support/Functions.def"
      .Case(pde::PowOp::getOperationName(), "Pow")
      .Default("");
}

/// The arctangent of doubles, from that of floats, y: atan(x) - y is the
/// arctangent of (x*cos(y) - sin(y))/(x*sin(y) + cos(y)), which is so small
/// that it is its own. Beyond 1e300, where products overflow, all have the
/// same.
Name OnnxScalars::arctangentOfDoubles(const Name &given) {
  auto bound = [&](double value) {
    return build.model.constant(Element::F64, {}, {value});
  };
  Name x = build.node(
      "Max", {build.node("Min", {given, bound(1e300)}), bound(-1e300)});
  Name rough = build.node("Atan", {build.converted(given, Element::F32)});
  Name y = build.converted(rough, Element::F64);
  Name sin = build.node("Sin", {y}), cos = build.node("Cos", {y});
  // Subtracted in this order, they keep the signs of zeros.
  Name above = build.node("Sub", {sin, build.node("Mul", {x, cos})});
  Name below = build.node("Add", {build.node("Mul", {x, sin}), cos});
  return build.node("Sub", {y, build.node("Div", {above, below})});
}

/// Functions that are made of several operators, some for doubles only, for
/// which runtimes lack the function's own.
bool OnnxScalars::emitFunction(Operation &op) {
  bool isDouble = op.getResult(0).getType().isF64();
  bool isMade =
      isa<pde::RsqrtOp>(op) || (isDouble && isa<pde::TanOp, pde::AtanOp>(op));
  if (!isMade)
    return false;
  Name x = values.name(op.getOperand(0)), result;
  if (isa<pde::RsqrtOp>(op))
    result = build.node("Reciprocal", {build.node("Sqrt", {x})});
  else if (isa<pde::TanOp>(op))
    result =
        build.node("Div", {build.node("Sin", {x}), build.node("Cos", {x})});
  else
    result = arctangentOfDoubles(x);
  values.setName(op.getResult(0), result);
  return true;
}

/// A comparison of reals; `negated` says the opposite of its operator, which is
/// how those are said that hold for pairs with a NaN.
struct Comparison {
  const char *op;
  bool negated;
};
static Comparison comparisonOf(arith::CmpFPredicate predicate) {
  switch (predicate) {
  case arith::CmpFPredicate::OLT:
    return {"Less", false};
  case arith::CmpFPredicate::OLE:
    return {"LessOrEqual", false};
  case arith::CmpFPredicate::OGT:
    return {"Greater", false};
  case arith::CmpFPredicate::OGE:
    return {"GreaterOrEqual", false};
  case arith::CmpFPredicate::OEQ:
    return {"Equal", false};
  case arith::CmpFPredicate::UNE:
    return {"Equal", true};
  case arith::CmpFPredicate::ULT:
    return {"GreaterOrEqual", true};
  case arith::CmpFPredicate::ULE:
    return {"Greater", true};
  case arith::CmpFPredicate::UGT:
    return {"LessOrEqual", true};
  case arith::CmpFPredicate::UGE:
    return {"Less", true};
  default:
    return {"", false};
  }
}

static Comparison comparisonOf(arith::CmpIPredicate predicate) {
  switch (predicate) {
  case arith::CmpIPredicate::slt:
    return {"Less", false};
  case arith::CmpIPredicate::sle:
    return {"LessOrEqual", false};
  case arith::CmpIPredicate::sgt:
    return {"Greater", false};
  case arith::CmpIPredicate::sge:
    return {"GreaterOrEqual", false};
  case arith::CmpIPredicate::eq:
    return {"Equal", false};
  case arith::CmpIPredicate::ne:
    return {"Equal", true};
  default:
    return {"", false};
  }
}

bool OnnxScalars::emitComparison(Operation &op) {
  Comparison comparison{"", false};
  if (auto real = dyn_cast<arith::CmpFOp>(op))
    comparison = comparisonOf(real.getPredicate());
  else if (auto integer = dyn_cast<arith::CmpIOp>(op))
    comparison = comparisonOf(integer.getPredicate());
  if (!*comparison.op)
    return false;
  Name result = build.node(comparison.op, values.namesOf(op.getOperands()));
  values.setName(op.getResult(0),
                 comparison.negated ? build.node("Not", {result}) : result);
  return true;
}

bool OnnxScalars::emitConversion(Operation &op) {
  if (!isa<arith::TruncFOp, arith::ExtFOp, arith::SIToFPOp, arith::FPToSIOp,
           arith::ExtUIOp, arith::UIToFPOp>(op))
    return false;
  Element to = elementOf(op.getResult(0).getType());
  values.setName(op.getResult(0),
                 build.converted(values.name(op.getOperand(0)), to));
  return true;
}

bool OnnxScalars::emitConstant(Operation &op) {
  auto constant = dyn_cast<arith::ConstantOp>(op);
  if (constant)
    values.setConstant(constant, constant.getValue());
  return bool(constant);
}

bool OnnxScalars::emit(Operation &op) {
  if (emitConstant(op) || values.fold(op) || emitConversion(op) ||
      emitComparison(op) || emitFunction(op))
    return true;
  std::string found = operatorOf(op);
  if (found.empty())
    return false;
  values.setName(op.getResult(0),
                 build.node(found, values.namesOf(op.getOperands())));
  return true;
}

} // namespace pdec::exporters
