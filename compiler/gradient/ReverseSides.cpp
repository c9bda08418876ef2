//===- ReverseSides.cpp - back to what applications are given for sides ---===//
//
// An application is affine in each of the numbers that a side is given: its
// derivative with respect to one is the difference of what it gives for one and
// for zero. The value of a side may be a field, but only of coordinates and
// numbers: the derivative with respect to such a number is that field's
// derivative as the value of the side.
//
//===----------------------------------------------------------------------===//

#include "compiler/gradient/Reverse.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

/// Calls tell(number, derivative) for the numbers that vary and that a field of
/// coordinates is made of. False if it is made of anything else that varies.
bool Reverse::addTangents(Value field, function_ref<void(Value, Value)> tell) {
  if (!isVaried(field))
    return true;
  if (auto coordinate = field.getDefiningOp<CoordinateOp>()) {
    Fields fields = this->fields(coordinate.getLoc());
    FieldType type = coordinate.getField().getType();
    auto place = [&](double first, double spacing) -> Value {
      return builder.create<CoordinateOp>(
          coordinate.getLoc(), type, coordinate.getAxis(), fields.number(first),
          fields.number(spacing));
    };
    if (isVaried(coordinate.getFirst()))
      tell(coordinate.getFirst(), place(1, 0));
    if (isVaried(coordinate.getSpacing()))
      tell(coordinate.getSpacing(), place(0, 1));
    return true;
  }
  auto map = field.getDefiningOp<MapOp>();
  if (!map)
    return false;
  for (Value number : capturesOf(map))
    if (isVaried(number))
      if (Value derivative =
              derivativeOf(builder, map, number, Value(), isGuarded))
        tell(number, derivative);
  for (auto [inner, argument] :
       llvm::zip(map.getFields(), map.getBody().getArguments())) {
    if (!isVaried(inner))
      continue;
    Value outer = derivativeOf(builder, map, argument, Value(), isGuarded);
    if (!outer)
      continue;
    Fields fields = this->fields(map.getLoc());
    FieldType type = map.getResult().getType();
    bool isDone = addTangents(inner, [&](Value number, Value derivative) {
      Value onSame = fields.onRows(derivative, type);
      tell(number, fields.multiply(outer, onSame));
    });
    if (!isDone)
      return false;
  }
  return true;
}

SmallVector<bool> weightsAmong(ApplyOp op) {
  SmallVector<bool> result;
  unsigned rank = op.getOperator().getStencil().getType().getRank();
  for (unsigned axis = 0; axis < rank; ++axis)
    for (bool high : {false, true}) {
      SideOperands side = operandsOf(op, axis, high);
      unsigned weights =
          meaningOf(ruleOf(op, axis, high)).scalars(/*withFactor=*/false);
      for (unsigned i = 0; i < side.scalars.size(); ++i)
        result.push_back(i % side.perDistance < weights);
      if (side.value)
        result.push_back(false);
    }
  return result;
}

bool Reverse::goBackSides(ApplyOp op, Value p) {
  Fields fields = this->fields(op.getLoc());
  SmallVector<bool> isWeight = weightsAmong(op);
  SmallVector<Value> given(op.getOutside());
  Value zeroField;
  /// What the application gives with another value for operand i, of its field
  /// or, where that has no part in the derivative, of zero.
  auto applied = [&](unsigned i, Value other, bool isOfField) -> Value {
    SmallVector<Value> changed = given;
    changed[i] = other;
    if (!isOfField && !zeroField)
      zeroField = fields.zero(op.getField().getType());
    return builder.create<ApplyOp>(op.getLoc(), op.getResult().getType(),
                                   op.getStencil(),
                                   isOfField ? Value(op.getField()) : zeroField,
                                   changed, op.getSidesAttr());
  };
  auto share = [&](unsigned i, Value tangent, bool isOfField) {
    Value none = fields.number(0);
    return fields.dot(p, fields.subtract(applied(i, tangent, isOfField),
                                         applied(i, none, isOfField)));
  };
  for (auto [i, operand] : llvm::enumerate(given)) {
    if (!isVaried(operand))
      continue;
    if (!isa<FieldType>(operand.getType())) {
      add(operand, share(i, fields.number(1), isWeight[i]));
      continue;
    }
    bool isDone = addTangents(operand, [&, i = i](Value number, Value tangent) {
      add(number, share(i, tangent, /*isOfField=*/false));
    });
    if (!isDone)
      return refuse(op, "what is prescribed at a side is made of fields");
  }
  return true;
}

void Reverse::goBackSides(AdjointOp op, Value p) {
  Fields fields = this->fields(op.getLoc());
  SmallVector<Value> given(op.getWeights());
  auto applied = [&](unsigned i, double other) -> Value {
    SmallVector<Value> changed = given;
    changed[i] = fields.number(other);
    return builder.create<AdjointOp>(op.getLoc(), op.getResult().getType(),
                                     op.getStencil(), op.getField(), changed,
                                     op.getSidesAttr());
  };
  for (auto [i, weight] : llvm::enumerate(given))
    if (isVaried(weight))
      add(weight, fields.dot(p, fields.subtract(applied(i, 1), applied(i, 0))));
}

} // namespace pdec::gradient
