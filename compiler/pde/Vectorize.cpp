//===- Vectorize.cpp - pointwise regions on vectors -----------------------===//

#include "compiler/pde/Vectorize.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;

namespace pdec::pde {

Type widen(Type type, unsigned width) {
  return width == 1 ? type : VectorType::get({width}, type);
}

Value spread(OpBuilder &builder, Location loc, Value scalar, unsigned width) {
  if (width == 1 || isa<VectorType>(scalar.getType()))
    return scalar;
  return builder.create<vector::BroadcastOp>(
      loc, widen(scalar.getType(), width), scalar);
}

Value cloneVectorized(OpBuilder &builder, Block &body, ValueRange arguments,
                      function_ref<Value(Value)> scalars, unsigned width) {
  IRMapping inner;
  inner.map(body.getArguments(), arguments);
  auto operand = [&](Value value) {
    if (Value known = inner.lookupOrNull(value))
      return known;
    return spread(builder, value.getLoc(), scalars(value), width);
  };
  for (Operation &op : body.without_terminator()) {
    if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
      Value scalar = builder.clone(op)->getResult(0);
      inner.map(constant.getResult(),
                spread(builder, op.getLoc(), scalar, width));
      continue;
    }
    OperationState state(op.getLoc(), op.getName());
    for (Value value : op.getOperands())
      state.addOperands(operand(value));
    for (Type type : op.getResultTypes())
      state.addTypes(widen(type, width));
    state.addAttributes(op.getAttrs());
    inner.map(op.getResult(0), builder.create(state)->getResult(0));
  }
  return operand(body.getTerminator()->getOperand(0));
}

SmallVector<Value> capturedScalars(Block &body) {
  llvm::SetVector<Value> captured;
  for (Operation &op : body)
    for (Value operand : op.getOperands())
      if (operand.getParentBlock() != &body)
        captured.insert(operand);
  return captured.takeVector();
}

} // namespace pdec::pde
