//===- IsolatedRegion.cpp - regions with all that they read ---------------===//

#include "compiler/kernel/IsolatedRegion.h"

#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace pdec::kernel {

IsolatedRegion::IsolatedRegion(MLIRContext *context, Outside outside)
    : inner(context), outside(std::move(outside)) {
  inner.setInsertionPointToEnd(&region.emplaceBlock());
}

Value IsolatedRegion::addOperand(Value value) {
  operands.push_back(value);
  Value inside = region.addArgument(value.getType(), value.getLoc());
  mapping.map(value, inside);
  return inside;
}

void IsolatedRegion::clone(Operation &op) {
  llvm::SetVector<Value> read(op.operand_begin(), op.operand_end());
  getUsedValuesDefinedAbove(op.getRegions(), read);
  for (Value value : read)
    bring(value);
  inner.clone(op, mapping);
}

Value IsolatedRegion::bring(Value value) {
  if (Value known = mapping.lookupOrNull(value))
    return known;
  Operation *op = value.getDefiningOp();
  // A constant is part of what is computed: a weight of one forms no product.
  bool isConstant = op && op->hasTrait<OpTrait::ConstantLike>();
  Value operand = isConstant ? Value() : outside(value);
  if (!operand) {
    clone(*op);
    return mapping.lookup(value);
  }
  Value known = mapping.lookupOrNull(operand);
  Value inside = known ? known : addOperand(operand);
  mapping.map(value, inside);
  return inside;
}

} // namespace pdec::kernel
