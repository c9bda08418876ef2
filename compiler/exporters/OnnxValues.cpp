//===- OnnxValues.cpp - what is known of a network's values ---------------===//

#include "compiler/exporters/OnnxValues.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace pdec::exporters {

std::vector<Name> OnnxValues::namesOf(ValueRange values) const {
  std::vector<Name> found;
  for (Value value : values)
    found.push_back(name(value));
  return found;
}

Name OnnxValues::inElement(Value scalar) {
  if (std::optional<double> constant = realOf(scalar))
    return build.number(*constant);
  if (elementOf(scalar.getType()) == build.element)
    return name(scalar);
  return build.converted(name(scalar), build.element);
}

//===----------------------------------------------------------------------===//
// Numbers that are known when a model is made
//===----------------------------------------------------------------------===//

mlir::Attribute OnnxValues::constantOf(Value value) const {
  mlir::Attribute constant;
  if (matchPattern(value, m_Constant(&constant)))
    return constant;
  return constants.lookup(value);
}

std::optional<double> OnnxValues::realOf(Value value) const {
  if (auto real = dyn_cast_or_null<FloatAttr>(constantOf(value)))
    return real.getValueAsDouble();
  return std::nullopt;
}

std::optional<int64_t> OnnxValues::integerOf(Value value) const {
  if (auto integer = dyn_cast_or_null<IntegerAttr>(constantOf(value)))
    return integer.getInt();
  return std::nullopt;
}

std::optional<std::vector<double>>
OnnxValues::realsOf(ArrayRef<Value> scalars) const {
  std::vector<double> reals;
  for (Value scalar : scalars) {
    std::optional<double> real = realOf(scalar);
    if (!real)
      return std::nullopt;
    reals.push_back(*real);
  }
  return reals;
}

/// What is known of a value in this copy of its block; null: nothing.
void OnnxValues::note(Value value, mlir::Attribute constant) {
  if (constant)
    constants[value] = constant;
  else
    constants.erase(value);
}

Name OnnxValues::nameOf(TypedAttr constant) {
  if (auto real = dyn_cast<FloatAttr>(constant))
    return build.model.constant(elementOf(constant.getType()), {},
                                {real.getValueAsDouble()});
  int64_t integer = cast<IntegerAttr>(constant).getInt();
  if (constant.getType().isInteger(1))
    return build.model.constant(Element::Bool, {}, {double(integer != 0)});
  return build.model.integer(integer);
}

void OnnxValues::setConstant(Value value, TypedAttr constant) {
  note(value, constant);
  names[value] = nameOf(constant);
}

/// Reads all before it writes any: values may change places.
void OnnxValues::handOn(ValueRange from, ValueRange to) {
  std::vector<Name> made = namesOf(from);
  std::vector<mlir::Attribute> known;
  for (Value value : from)
    known.push_back(constantOf(value));
  for (auto [value, text, constant] : llvm::zip(to, made, known)) {
    names[value] = text;
    note(value, constant);
  }
}

bool OnnxValues::fold(Operation &op) {
  if (op.getNumResults() != 1 || op.getNumOperands() == 0)
    return false;
  Value result = op.getResult(0);
  note(result, {});
  SmallVector<mlir::Attribute> operands;
  for (Value operand : op.getOperands())
    operands.push_back(constantOf(operand));
  // Other foldings would change the arithmetic.
  bool folds = isa<arith::SelectOp>(op)
                   ? bool(operands.front())
                   : !llvm::is_contained(operands, nullptr);
  SmallVector<OpFoldResult> results;
  if (!folds || failed(op.fold(operands, results)) || results.empty())
    return false;
  if (auto chosen = llvm::dyn_cast_if_present<Value>(results[0]))
    handOn(chosen, result);
  else
    setConstant(result, cast<TypedAttr>(cast<mlir::Attribute>(results[0])));
  return true;
}

} // namespace pdec::exporters
