//===- Fields.cpp - operations of derivatives -----------------------------===//

#include "compiler/gradient/Fields.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

Value Fields::number(double value) {
  return constant(builder.getF64Type(), value);
}

Value Fields::integer(int64_t value) {
  return builder.create<arith::ConstantOp>(loc,
                                           builder.getI64IntegerAttr(value));
}

Value Fields::constant(Type type, double value) {
  return builder.create<arith::ConstantOp>(loc,
                                           builder.getFloatAttr(type, value));
}

Value Fields::rounded(Value number, Type element) {
  if (number.getType() == element)
    return number;
  if (element.isF64())
    return builder.create<arith::ExtFOp>(loc, element, number);
  return builder.create<arith::TruncFOp>(loc, element, number);
}

/// A map without the fields that its cells do not read, or the field that it
/// gives as it is.
static Value simplified(MapOp map) {
  Block &body = map.getBody().front();
  llvm::BitVector unread(body.getNumArguments());
  for (BlockArgument argument : body.getArguments())
    if (argument.use_empty())
      unread.set(argument.getArgNumber());
  body.eraseArguments(unread);
  map->eraseOperands(unread);
  Value result = map.getResult();
  bool isSame = body.getNumArguments() == 1 &&
                body.getTerminator()->getOperand(0) == body.getArgument(0) &&
                map.getFields().front().getType() == result.getType();
  if (!isSame)
    return result;
  Value field = map.getFields().front();
  map.erase();
  return field;
}

Value Fields::map(FieldType type, ValueRange fields,
                  function_ref<Value(ValueRange)> cell) {
  auto map = builder.create<MapOp>(loc, type, fields);
  OpBuilder::InsertionGuard guard(builder);
  Block *body = builder.createBlock(&map.getBody());
  for (size_t i = 0; i < fields.size(); ++i)
    body->addArgument(type.getElement(), loc);
  Value made = cell(body->getArguments());
  builder.create<YieldOp>(loc, made);
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(*body)))
    if (isOpTriviallyDead(&op))
      op.erase();
  return simplified(map);
}

Value Fields::spread(Value number, FieldType type) {
  Value cell = rounded(number, type.getElement());
  return map(type, {}, [&](ValueRange) { return cell; });
}

Value Fields::zero(Type type) {
  if (auto field = dyn_cast<FieldType>(type)) {
    Value cell = constant(field.getElement(), 0);
    return map(field, {}, [&](ValueRange) { return cell; });
  }
  return number(0);
}

template <typename Op> Value Fields::make(Value a, Value b) {
  auto type = dyn_cast<FieldType>(a.getType());
  if (!type)
    return builder.create<Op>(loc, a, b);
  return map(type, {a, b}, [&](ValueRange cells) -> Value {
    return builder.create<Op>(loc, cells[0], cells[1]);
  });
}

Value Fields::add(Value a, Value b) { return make<arith::AddFOp>(a, b); }
Value Fields::subtract(Value a, Value b) { return make<arith::SubFOp>(a, b); }
Value Fields::multiply(Value a, Value b) { return make<arith::MulFOp>(a, b); }
Value Fields::divide(Value a, Value b) { return make<arith::DivFOp>(a, b); }

Value Fields::scale(Value field, Value number) {
  auto type = cast<FieldType>(field.getType());
  Value factor = rounded(number, type.getElement());
  return map(type, field, [&](ValueRange cells) -> Value {
    return builder.create<arith::MulFOp>(loc, cells[0], factor);
  });
}

/// Whether `some` are rows that `all` has.
static bool hasRowsOf(FieldType all, FieldType some) {
  unsigned rank = std::max(all.getLow().size(), some.getLow().size());
  for (unsigned axis = 0; axis < rank; ++axis)
    if (some.lowRows(axis) > all.lowRows(axis) ||
        some.highRows(axis) > all.highRows(axis))
      return false;
  return true;
}

/// More rows are what the transpose of the identity gives: zero.
Value Fields::onRows(Value field, FieldType type) {
  auto own = cast<FieldType>(field.getType());
  if (own == type)
    return field;
  if (hasRowsOf(own, type))
    return map(type, field, [](ValueRange cells) { return cells[0]; });
  GridOp grid = gridOf(builder.getInsertionBlock()->getParentOp(), type);
  SmallVector<int64_t> offset(grid.rank(), 0);
  auto identity = builder.create<StencilOp>(
      loc, StencilType::get(builder.getContext(), grid.rank()),
      builder.getArrayAttr(builder.getDenseI64ArrayAttr(offset)), number(1),
      Value());
  return builder.create<AdjointOp>(loc, type, identity, field);
}

Value Fields::sum(Value field) {
  return builder.create<ReduceOp>(loc, builder.getF64Type(), Reduction::Sum,
                                  field);
}

Value Fields::dot(Value a, Value b) {
  return builder.create<ReduceOp>(loc, builder.getF64Type(), Reduction::Dot,
                                  ValueRange{a, b});
}

Value Fields::largest(Value field) {
  return builder.create<ReduceOp>(loc, builder.getF64Type(), Reduction::MaxAbs,
                                  field);
}

} // namespace pdec::gradient
