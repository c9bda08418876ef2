//===- Forward.cpp - along operations -------------------------------------===//
//
// A linear operation has as its tangent what it makes of tangents; any other
// the sum of its partial derivatives, each times the tangent of an operand.
//
//===----------------------------------------------------------------------===//

#include "compiler/gradient/Forward.h"
#include "compiler/gradient/Reverse.h"
#include "compiler/gradient/Scalars.h"
#include "compiler/pde/PdeSolutions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

void Forward::add(Value of, Value tangent) {
  Value &known = tangents[of];
  known = known ? fields(of.getLoc()).add(known, tangent) : tangent;
}

Value Forward::tangentOrZero(Value of, Location loc) {
  Value known = tangent(of);
  return known ? known : fields(loc).zero(of.getType());
}

bool Forward::refuse(Operation *op, std::string why) {
  obstacle = op;
  reason = std::move(why);
  return false;
}

bool Forward::goAlong(Operation &op) {
  if (!activity.isAnyVaried(op.getResults()))
    return true;
  return llvm::TypeSwitch<Operation *, bool>(&op)
      .Case<StepsOp, FixpointOp>([&](auto loop) { return goAlongLoop(loop); })
      .Case([&](ReverseOp reverse) { return goAlongReverse(reverse); })
      .Case([&](SolutionOp solution) { return goAlongSolution(solution); })
      .Case([&](MapOp map) { return goAlongMap(map), true; })
      .Case<ApplyOp, AdjointOp>([&](auto application) {
        return goAlongApplication(application), true;
      })
      .Case<RestrictOp, ProlongOp>(
          [&](auto transfer) { return goAlongTransfer(*transfer), true; })
      .Case([&](CoordinateOp coordinate) {
        return goAlongCoordinate(coordinate), true;
      })
      .Case([&](ReduceOp reduce) { return goAlongReduce(reduce); })
      .Case([&](AlongOp along) { return goAlongLines(along), true; })
      .Case([&](EntryOp entry) { return goAlongEntry(entry), true; })
      .Case(
          [&](ConvolveOp convolve) { return goAlongConvolve(convolve), true; })
      .Case([&](CorrelateOp correlate) {
        return goAlongCorrelate(correlate), true;
      })
      .Case([&](VariableOp variable) {
        if (Value t = tangent(variable.getValue()))
          add(variable.getResult(), t);
        return true;
      })
      .Case<StencilOp>([](auto) { return true; })
      .Default([&](Operation *other) { return goAlongScalar(*other); });
}

//===----------------------------------------------------------------------===//
// Numbers and maps
//===----------------------------------------------------------------------===//

bool Forward::goAlongScalar(Operation &op) {
  Value result = op.getResult(0);
  if (isa<arith::TruncFOp, arith::ExtFOp>(op)) {
    if (Value t = tangent(op.getOperand(0)))
      add(result, t);
    return true;
  }
  Fields fields = this->fields(op.getLoc());
  // What is not taken has the partial derivative zero.
  auto give = [&](unsigned i, Value partial) {
    Value t = tangent(op.getOperand(i));
    if (!t)
      return;
    Value made = fields.multiply(partial, t);
    add(result,
        isGuarded ? guarded(builder, op.getLoc(), made, partial) : made);
  };
  return goBack(builder, op, fields.number(1), isGuarded, give);
}

void Forward::goAlongMap(MapOp op) {
  Fields fields = this->fields(op.getLoc());
  Value result = op.getResult();
  FieldType type = op.getResult().getType();
  for (auto [field, argument] :
       llvm::zip(op.getFields(), op.getBody().getArguments()))
    if (Value t = tangent(field))
      if (Value part = derivativeOf(builder, op, argument,
                                    fields.onRows(t, type), isGuarded))
        add(result, part);
  for (Value number : capturesOf(op))
    if (Value t = tangent(number))
      if (Value partial = derivativeOf(builder, op, number, Value(), isGuarded))
        add(result, fields.scale(partial, t));
}

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

/// The same application with other operands.
static Value again(OpBuilder &builder, Operation &op, ValueRange operands) {
  OperationState state(op.getLoc(), op.getName(), operands, op.getResultTypes(),
                       op.getAttrs());
  return builder.create(state)->getResult(0);
}

/// What the operator's own numbers change: their tangents as its weights.
void Forward::addOperator(Operation &op) {
  auto stencil = op.getOperand(0).getDefiningOp<StencilOp>();
  Fields fields = this->fields(op.getLoc());
  auto applied = [&](ValueRange weights, Value scale) {
    SmallVector<Value> operands(op.getOperands());
    operands[0] =
        builder.create<StencilOp>(op.getLoc(), stencil.getStencil().getType(),
                                  stencil.getOffsets(), weights, scale);
    return again(builder, op, operands);
  };
  bool isAny = false;
  SmallVector<Value> weights;
  for (Value weight : stencil.getWeights()) {
    isAny |= bool(tangent(weight));
    weights.push_back(tangentOrZero(weight, op.getLoc()));
  }
  Value result = op.getResult(0);
  if (isAny)
    add(result, applied(weights, stencil.getScale()));
  if (Value scale = stencil.getScale())
    if (Value t = tangent(scale))
      add(result, fields.scale(applied(stencil.getWeights(), Value()), t));
}

/// Application of the linear part to the field's tangent.
void Forward::goAlongApplication(SidedOpInterface op) {
  Operation &application = *op;
  Value result = application.getResult(0);
  if (Value t = tangent(application.getOperand(1))) {
    SmallVector<Value> operands{application.getOperand(0), t};
    SmallVector<Value> given(application.getOperands().drop_front(2));
    // A side's weights are part of it, factors and values are not.
    if (auto apply = dyn_cast<ApplyOp>(application)) {
      SmallVector<bool> isWeight = weightsAmong(apply);
      Fields fields = this->fields(op.getLoc());
      for (auto [operand, isKept] : llvm::zip(given, isWeight))
        if (!isKept)
          operand = fields.number(0);
    }
    operands.append(given);
    add(result, again(builder, application, operands));
  }
  addOperator(application);
  goAlongSides(op);
}

/// An application is affine in each number and field that a side is given.
void Forward::goAlongSides(SidedOpInterface op) {
  Operation &application = *op;
  Fields fields = this->fields(op.getLoc());
  Value result = application.getResult(0);
  SmallVector<bool> isWeight(application.getNumOperands() - 2, true);
  if (auto apply = dyn_cast<ApplyOp>(application))
    isWeight = weightsAmong(apply);
  Value none;
  for (auto [i, isOfField] : llvm::enumerate(isWeight)) {
    Value operand = application.getOperand(2 + i);
    Value t = tangent(operand);
    if (!t)
      continue;
    if (!none)
      none = fields.zero(application.getOperand(1).getType());
    auto applied = [&, i = i, isOfField = isOfField](Value other) {
      SmallVector<Value> operands(application.getOperands());
      if (!isOfField)
        operands[1] = none;
      operands[2 + i] = other;
      return again(builder, application, operands);
    };
    Value with = applied(t), without = applied(fields.number(0));
    add(result, fields.subtract(with, without));
  }
}

void Forward::goAlongTransfer(Operation &op) {
  if (Value t = tangent(op.getOperand(1)))
    add(op.getResult(0), again(builder, op, {op.getOperand(0), t}));
  addOperator(op);
}

void Forward::goAlongCoordinate(CoordinateOp op) {
  Location loc = op.getLoc();
  add(op.getField(),
      builder.create<CoordinateOp>(loc, op.getField().getType(), op.getAxis(),
                                   tangentOrZero(op.getFirst(), loc),
                                   tangentOrZero(op.getSpacing(), loc)));
}

//===----------------------------------------------------------------------===//
// Reductions
//===----------------------------------------------------------------------===//

void Forward::goAlongEntry(EntryOp op) {
  if (Value t = tangent(op.getArray()))
    add(op.getResult(),
        builder.create<EntryOp>(op.getLoc(), op.getResult().getType(), t,
                                op.getIndices(), op.getExtents()));
}

bool Forward::goAlongReduce(ReduceOp op) {
  Fields fields = this->fields(op.getLoc());
  Value a = op.getFields().front(), b = op.getFields().back();
  Value ta = tangent(a), tb = tangent(b);
  if (op.getKind() == Reduction::Sum) {
    if (ta)
      add(op.getResult(), fields.sum(ta));
    return true;
  }
  if (op.getKind() == Reduction::Dot) {
    if (ta)
      add(op.getResult(), fields.dot(ta, b));
    if (tb)
      add(op.getResult(), fields.dot(a, tb));
    return true;
  }
  // The derivative with respect to the field, times its tangent.
  if (!ta)
    return true;
  Reverse reverse(builder, activity, isAgain);
  reverse.add(op.getResult(), fields.number(1));
  if (!reverse.goBack(*op))
    return refuse(reverse.obstacle, reverse.reason);
  add(op.getResult(), fields.dot(reverse.cotangent(a), ta));
  return true;
}

} // namespace pdec::gradient
