//===- SweepBuilder.cpp - making sweeps -----------------------------------===//

#include "compiler/kernel/SweepBuilder.h"

#include "mlir/Transforms/RegionUtils.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

SweepBuilder::SweepBuilder(OpBuilder &builder, Location loc, TypeRange results,
                           Outside outside)
    : sweep(builder.create<SweepOp>(loc, results, ValueRange())),
      inner(builder.getContext()), outside(std::move(outside)) {
  inner.setInsertionPointToEnd(&sweep.getBody().emplaceBlock());
}

Value SweepBuilder::addOperand(Value value) {
  sweep->insertOperands(sweep->getNumOperands(), value);
  Value inside = sweep.getBody().addArgument(value.getType(), value.getLoc());
  mapping.map(value, inside);
  return inside;
}

void SweepBuilder::clone(Operation &op) {
  llvm::SetVector<Value> read(op.operand_begin(), op.operand_end());
  getUsedValuesDefinedAbove(op.getRegions(), read);
  for (Value value : read)
    bring(value);
  inner.clone(op, mapping);
}

Value SweepBuilder::bring(Value value) {
  if (Value known = mapping.lookupOrNull(value))
    return known;
  Operation *op = value.getDefiningOp();
  // A constant is part of what a sweep does: a weight of one forms no product.
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

SweepOp SweepBuilder::yield(ValueRange values) {
  inner.create<YieldOp>(sweep.getLoc(), values);
  return sweep;
}

SweepOp makeWholeStep(StepsOp steps, SweepOp sweep) {
  Block &body = steps.getBody().front();
  OpBuilder builder(sweep);
  SweepBuilder whole(builder, sweep.getLoc(), sweep.getResultTypes(),
                     [&](Value value) {
                       bool isInside = value.getParentBlock() == &body;
                       return isInside ? Value() : value;
                     });
  for (Value argument : body.getArguments())
    whole.addOperand(argument);
  Block &old = sweep.getBody().front();
  for (auto [argument, operand] :
       llvm::zip(old.getArguments(), sweep.getOperands()))
    whole.map(argument, whole.bring(operand));
  for (Operation &op : old.without_terminator())
    whole.clone(op);
  SmallVector<Value> values;
  for (Value value : old.getTerminator()->getOperands())
    values.push_back(whole.bring(value));
  SweepOp made = whole.yield(values);
  sweep.replaceAllUsesWith(made.getResults());
  sweep.erase();
  return made;
}

} // namespace pdec::kernel
