//===- Pointwise.cpp - pointwise nodes as arith and math operations -------===//

#include "compiler/scheme/Pointwise.h"

#include "compiler/pde/PdeDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;

namespace pdec::pde {

namespace {

/// One node's operation; integers and reals differ by the operand's type.
class Emitter {
public:
  Emitter(OpBuilder &builder, Location loc, const Node &node, ValueRange args)
      : builder(builder), loc(loc), node(node), args(args) {}

  Value emit();

private:
  OpBuilder &builder;
  Location loc;
  const Node &node;
  ValueRange args;

  bool isReal() const { return isa<mlir::FloatType>(args[0].getType()); }
  template <typename Op> Value make(ValueRange operands) {
    return builder.create<Op>(loc, operands);
  }
  template <typename RealOp, typename IntOp> Value choose() {
    return isReal() ? make<RealOp>(args) : make<IntOp>(args);
  }
  /// A function of one argument; of integers only the magnitude is one.
  template <typename Op> Value function() { return choose<Op, math::AbsIOp>(); }
  Value constant(mlir::Type type, double value) {
    TypedAttr attr =
        isa<mlir::FloatType>(type)
            ? TypedAttr(builder.getFloatAttr(type, value))
            : TypedAttr(builder.getIntegerAttr(type, int64_t(value)));
    return builder.create<arith::ConstantOp>(loc, attr);
  }
  Value compare(arith::CmpFPredicate real, arith::CmpIPredicate integer);
  Value product(Value a, Value b);
  Value integerPower(Value base, uint64_t exponent);
  Value asDouble(Value value);
  Value power();
};

} // namespace

Value Emitter::compare(arith::CmpFPredicate real,
                       arith::CmpIPredicate integer) {
  if (isReal())
    return builder.create<arith::CmpFOp>(loc, real, args[0], args[1]);
  return builder.create<arith::CmpIOp>(loc, integer, args[0], args[1]);
}

Value Emitter::product(Value a, Value b) {
  return isReal() ? make<arith::MulFOp>({a, b}) : make<arith::MulIOp>({a, b});
}

/// Repeated squaring: x^8 is three products.
Value Emitter::integerPower(Value base, uint64_t exponent) {
  Value result;
  for (;; base = product(base, base)) {
    if (exponent & 1)
      result = result ? product(result, base) : base;
    exponent >>= 1;
    if (!exponent)
      return result;
  }
}

/// Constant integer exponents become products and +-1/2 square roots.
Value Emitter::power() {
  const Node &exponent = *node.args[1];
  mlir::Type type = args[0].getType();
  bool isConstant = exponent.kind == NodeKind::Constant;
  double value = exponent.type.element == ElementKind::Int
                     ? double(exponent.integer)
                     : exponent.number;
  if (isConstant && value == int64_t(value) && std::abs(value) <= 64) {
    if (value == 0)
      return constant(type, 1);
    Value result = integerPower(args[0], std::abs(int64_t(value)));
    if (value > 0)
      return result;
    return make<arith::DivFOp>({constant(type, 1), result});
  }
  if (isConstant && std::abs(value) == 0.5) {
    Value root = builder.create<math::SqrtOp>(loc, args[0]);
    if (value > 0)
      return root;
    return make<arith::DivFOp>({constant(type, 1), root});
  }
  Value base = isReal() ? args[0] : asDouble(args[0]);
  return builder.create<PowOp>(loc, base, asDouble(args[1]));
}

/// What a rounded scalar was rounded from: an exponent is not rounded.
Value Emitter::asDouble(Value value) {
  mlir::Type f64 = builder.getF64Type();
  if (value.getType() == f64)
    return value;
  if (!isa<mlir::FloatType>(value.getType()))
    return builder.create<arith::SIToFPOp>(loc, f64, value);
  if (auto rounding = value.getDefiningOp<arith::TruncFOp>())
    return rounding.getIn();
  return builder.create<arith::ExtFOp>(loc, f64, value);
}

Value Emitter::emit() {
  mlir::Type type = args.empty() ? mlir::Type() : args[0].getType();
  switch (node.kind) {
  case NodeKind::ToReal:
    return isReal() ? args[0]
                    : Value(builder.create<arith::SIToFPOp>(
                          loc, builder.getF64Type(), args[0]));
  case NodeKind::Neg:
    return isReal() ? make<arith::NegFOp>(args)
                    : make<arith::SubIOp>({constant(type, 0), args[0]});
  case NodeKind::Not:
    return make<arith::XOrIOp>({args[0], constant(type, 1)});
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX,    \
                     DERIVATIVE)                                               \
  case NodeKind::NODE:                                                         \
    return function<OPERATION>();
#define PDE_EXTREMUM(NAME, NODE, OPERATION, INTEGER_OPERATION, ONNX)           \
  case NodeKind::NODE:                                                         \
    return choose<OPERATION, INTEGER_OPERATION>();
#include "compiler/support/Functions.def"
  case NodeKind::Add:
    return choose<arith::AddFOp, arith::AddIOp>();
  case NodeKind::Sub:
    return choose<arith::SubFOp, arith::SubIOp>();
  case NodeKind::Mul:
    return choose<arith::MulFOp, arith::MulIOp>();
  case NodeKind::Div:
    return make<arith::DivFOp>(args);
  case NodeKind::Pow:
    return power();
  case NodeKind::Less:
    return compare(arith::CmpFPredicate::OLT, arith::CmpIPredicate::slt);
  case NodeKind::LessEqual:
    return compare(arith::CmpFPredicate::OLE, arith::CmpIPredicate::sle);
  case NodeKind::Equal:
    return compare(arith::CmpFPredicate::OEQ, arith::CmpIPredicate::eq);
  case NodeKind::NotEqual:
    return compare(arith::CmpFPredicate::UNE, arith::CmpIPredicate::ne);
  case NodeKind::And:
    return make<arith::AndIOp>(args);
  case NodeKind::Or:
    return make<arith::OrIOp>(args);
  case NodeKind::Select:
    return make<arith::SelectOp>(args);
  default:
    llvm_unreachable("not a pointwise node");
  }
}

Value emitPointwise(OpBuilder &builder, Location loc, const Node &node,
                    ValueRange args) {
  return Emitter(builder, loc, node, args).emit();
}

} // namespace pdec::pde
