//===- AlongLines.cpp - back and along what is made of lines --------------===//
//
// Sums lead back by their transposes. The least or greatest cell of a line has
// the derivative of the cell that it is; several that are it share alike.
//
//===----------------------------------------------------------------------===//

#include "compiler/gradient/Forward.h"
#include "compiler/gradient/Reverse.h"

#include "mlir/Dialect/Arith/IR/Arith.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

Value madeAlong(OpBuilder &builder, Location loc, AlongKind kind, Value field,
                int64_t axis, FieldType made) {
  return builder.create<AlongOp>(loc, made, kind, field, axis);
}

/// The same cell by cell, of cells in the element type.
template <typename Op>
static Value cellByCell(OpBuilder &builder, Fields &fields, Location loc,
                        Value a, Value b) {
  return fields.map(cast<FieldType>(a.getType()), {a, b},
                    [&](ValueRange cells) -> Value {
                      return builder.create<Op>(loc, cells[0], cells[1]);
                    });
}

namespace {

/// The cells of lines that are the least or greatest of theirs.
class Found {
public:
  Found(OpBuilder &builder, AlongOp op)
      : builder(builder), op(op), loc(op.getLoc()), fields(builder, loc),
        whole(op.getField().getType()), one(op.getResult().getType()) {
    Value zero = fields.constant(whole.getElement(), 0);
    Value yes = fields.constant(whole.getElement(), 1);
    shares = fields.map(
        whole, {op.getField(), spread(op.getResult())},
        [&](ValueRange cells) -> Value {
          Value isIt = builder.create<arith::CmpFOp>(
              loc, arith::CmpFPredicate::OEQ, cells[0], cells[1]);
          return builder.create<arith::SelectOp>(loc, isIt, yes, zero);
        });
    count = sum(shares);
  }

  Value back(Value p) { return times(spread(dividedByCount(p)), shares); }
  Value along(Value tangent) {
    return dividedByCount(sum(times(tangent, shares)));
  }

private:
  OpBuilder &builder;
  AlongOp op;
  Location loc;
  Fields fields;
  FieldType whole, one;
  Value shares, count;

  Value spread(Value field) {
    return madeAlong(builder, loc, AlongKind::Spread, field, op.getAxis(),
                     whole);
  }
  Value sum(Value field) {
    return madeAlong(builder, loc, AlongKind::Sum, field, op.getAxis(), one);
  }
  Value times(Value a, Value b) {
    return cellByCell<arith::MulFOp>(builder, fields, loc, a, b);
  }
  Value dividedByCount(Value a) {
    return cellByCell<arith::DivFOp>(builder, fields, loc, a, count);
  }
};

} // namespace

void Reverse::goBackAlong(AlongOp op, Value p) {
  auto type = op.getField().getType();
  if (std::optional<AlongKind> back = transposeOf(op.getKind()))
    add(op.getField(),
        madeAlong(builder, op.getLoc(), *back, p, op.getAxis(), type));
  else
    add(op.getField(), Found(builder, op).back(p));
}

void Forward::goAlongLines(AlongOp op) {
  Value t = tangent(op.getField());
  if (!t)
    return;
  Value made = transposeOf(op.getKind())
                   ? madeAlong(builder, op.getLoc(), op.getKind(), t,
                               op.getAxis(), op.getResult().getType())
                   : Found(builder, op).along(t);
  add(op.getResult(), made);
}

} // namespace pdec::gradient
