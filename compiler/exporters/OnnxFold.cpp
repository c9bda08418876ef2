//===- OnnxFold.cpp - numbers that are known when a model is made ---------===//
//
// Where a block is written as often as it runs, the number of the pass and what
// follows from it are constants of each copy.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/OnnxExporter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;

namespace pdec::exporters {

mlir::Attribute OnnxExporter::constantOf(Value value) {
  mlir::Attribute constant;
  if (matchPattern(value, m_Constant(&constant)))
    return constant;
  return constants.lookup(value);
}

std::optional<double> OnnxExporter::realOf(Value value) {
  if (auto real = dyn_cast_or_null<FloatAttr>(constantOf(value)))
    return real.getValueAsDouble();
  return std::nullopt;
}

std::optional<int64_t> OnnxExporter::integerOf(Value value) {
  if (auto integer = dyn_cast_or_null<IntegerAttr>(constantOf(value)))
    return integer.getInt();
  return std::nullopt;
}

std::optional<std::vector<double>>
OnnxExporter::realsOf(ArrayRef<Value> scalars) {
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
void OnnxExporter::noteConstant(Value value, mlir::Attribute constant) {
  if (constant)
    constants[value] = constant;
  else
    constants.erase(value);
}

/// Computes an operation of known numbers, or makes a known choice; false if it
/// is none.
bool OnnxExporter::emitFolded(Operation &op) {
  if (op.getNumResults() != 1 || op.getNumOperands() == 0)
    return false;
  Value result = op.getResult(0);
  noteConstant(result, {});
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
  if (auto chosen = llvm::dyn_cast_if_present<Value>(results[0])) {
    handOn(chosen, result);
    return true;
  }
  auto constant = cast<TypedAttr>(cast<mlir::Attribute>(results[0]));
  noteConstant(result, constant);
  names[result] = nameOf(constant);
  return true;
}

} // namespace pdec::exporters
