//===- ConvertMaps.cpp - fluxes as activations, sums as skips -------------===//
//
// Row 2 of the dictionary: a pointwise function is an activation. One that only
// adds fields and multiplies them by scalars is no activation but the skips and
// scales of a residual block.
//
//===----------------------------------------------------------------------===//

#include "compiler/net/Converter.h"
#include "compiler/pde/Vectorize.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;

namespace pdec::net {

/// A field without the rows that `rows` does not have.
Value Converter::cropTo(pde::FieldType rows, Value field) {
  auto type = cast<pde::FieldType>(field.getType());
  SmallVector<Attribute> margins;
  for (unsigned axis = 0; axis < rankOf(rows); ++axis) {
    int64_t low = type.lowRows(axis) - rows.lowRows(axis);
    int64_t high = type.highRows(axis) - rows.highRows(axis);
    margins.push_back(MarginAttr::get(builder.getContext(), -low,
                                      Continuation::Reflecting, -high,
                                      Continuation::Reflecting));
  }
  return pad(field.getLoc(), mapped(field), margins, {});
}

/// A sum, difference, sign or multiple, as a layer; null for anything else.
static Value makeAffineLayer(OpBuilder &builder, Operation &op,
                             RankedTensorType type, IRMapping &tensors,
                             function_ref<Value(Value)> factor) {
  auto tensor = [&](unsigned i) {
    return tensors.lookupOrNull(op.getOperand(i));
  };
  Location loc = op.getLoc();
  if (isa<arith::AddFOp>(op) && tensor(0) && tensor(1))
    return builder.create<AddOp>(loc, type, tensor(0), tensor(1));
  if (isa<arith::SubFOp>(op) && tensor(0) && tensor(1))
    return builder.create<SubtractOp>(loc, type, tensor(0), tensor(1));
  if (isa<arith::NegFOp>(op) && tensor(0)) {
    Value minusOne =
        builder.create<arith::ConstantOp>(loc, builder.getF64FloatAttr(-1));
    return builder.create<ScaleOp>(loc, type, tensor(0), minusOne);
  }
  if (isa<arith::MulFOp>(op) && bool(tensor(0)) != bool(tensor(1))) {
    unsigned which = tensor(0) ? 0 : 1;
    return builder.create<ScaleOp>(loc, type, tensor(which),
                                   factor(op.getOperand(1 - which)));
  }
  return {};
}

/// A scalar as f64: what a rounded one was rounded from, since the layer
/// rounds.
static Value asF64(OpBuilder &builder, Value scalar) {
  if (scalar.getType().isF64())
    return scalar;
  if (auto rounded = scalar.getDefiningOp<arith::TruncFOp>())
    return rounded.getIn();
  return builder.create<arith::ExtFOp>(scalar.getLoc(), builder.getF64Type(),
                                       scalar);
}

/// Converts a map that is affine in its fields; false if it is not.
bool Converter::convertAffine(pde::MapOp op, ValueRange inputs) {
  Block &body = op.getBody().front();
  RankedTensorType type = tensorOf(op.getResult().getType());
  IRMapping tensors;
  tensors.map(body.getArguments(), inputs);
  Operation *mark = builder.getInsertionBlock()->empty()
                        ? nullptr
                        : &builder.getInsertionBlock()->back();
  for (Operation &inner : body.without_terminator()) {
    Value layer =
        makeAffineLayer(builder, inner, type, tensors, [&](Value scalar) {
          return asF64(builder, mapped(scalar));
        });
    if (!layer) {
      // Take back what was begun.
      Block *block = builder.getInsertionBlock();
      while (!block->empty() && &block->back() != mark)
        block->back().erase();
      return false;
    }
    tensors.map(inner.getResult(0), layer);
  }
  Value result = tensors.lookupOrNull(body.getTerminator()->getOperand(0));
  if (!result)
    return false;
  mapping.map(op.getResult(), result);
  return true;
}

/// The cells before cell 0, if there are any.
static DenseI64ArrayAttr cellsBefore(pde::FieldType type) {
  auto isZero = [](int64_t rows) { return rows == 0; };
  return llvm::all_of(type.getLow(), isZero)
             ? DenseI64ArrayAttr()
             : DenseI64ArrayAttr::get(type.getContext(), type.getLow());
}

void Converter::convertMap(pde::MapOp op) {
  SmallVector<Value> inputs;
  pde::FieldType rows = op.getResult().getType();
  for (Value field : op.getFields())
    inputs.push_back(cropTo(rows, field));
  if (!inputs.empty() && convertAffine(op, inputs))
    return;
  Location loc = op.getLoc();
  RankedTensorType type = tensorOf(rows);
  bool isConstant = inputs.empty();
  if (isConstant) {
    // A constant field takes its sizes from a tensor that it does not read.
    Value zero =
        builder.create<arith::ConstantOp>(loc, builder.getF64FloatAttr(0));
    inputs.push_back(builder.create<CoordinateOp>(
        loc, type, 0, zero, zero, sizesOf(loc, rows), cellsBefore(rows)));
  }
  auto activation = builder.create<ActivationOp>(loc, type, inputs);
  builder.cloneRegionBefore(op.getBody(), activation.getBody(),
                            activation.getBody().end(), mapping);
  Block &body = activation.getBody().front();
  if (isConstant)
    body.addArgument(type.getElementType(), loc);
  Operation *yield = body.getTerminator();
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPoint(yield);
  builder.create<YieldOp>(yield->getLoc(), yield->getOperands());
  yield->erase();
  mapping.map(op.getResult(), activation.getResult());
}

void Converter::convertCoordinate(pde::CoordinateOp op) {
  pde::FieldType type = op.getField().getType();
  mapping.map(
      op.getField(),
      builder
          .create<CoordinateOp>(op.getLoc(), tensorOf(type), op.getAxis(),
                                mapped(op.getFirst()), mapped(op.getSpacing()),
                                sizesOf(op.getLoc(), type), cellsBefore(type))
          .getResult());
}

void Converter::convertNoise(pde::NoiseOp op) {
  pde::FieldType type = op.getField().getType();
  mapping.map(op.getField(), builder
                                 .create<NoiseOp>(op.getLoc(), tensorOf(type),
                                                  mapped(op.getSeed()),
                                                  sizesOf(op.getLoc(), type))
                                 .getResult());
}

} // namespace pdec::net
