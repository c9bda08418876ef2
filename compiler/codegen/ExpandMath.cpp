//===- ExpandMath.cpp - the exponential as arithmetic ---------------------===//
//
// exp(x) = 2^n * exp(r) with n the integer next to x/ln 2 and r = x - n*ln 2,
// |r| <= ln(2)/2. There exp(r) = 1 + (r + r^2 q(r)), q interpolating
// (exp(r) - 1 - r)/r^2 at Chebyshev nodes: relative error 1.7e-17 (degree 9)
// in f64, 1.0e-8 (degree 4) in f32.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace pdec::codegen {

#define GEN_PASS_DEF_EXPANDMATH
#include "compiler/codegen/Passes.h.inc"

namespace {

/// The numbers of one element type.
struct ExpNumbers {
  ArrayRef<double> q; ///< coefficients, the highest last
  double ln2High, ln2Low;
  double most, least; ///< arguments beyond give infinity and 0
  double magic;       ///< 1.5 * 2^p: adding it rounds to an integer
  unsigned fraction;  ///< bits of the significand's fraction
  int64_t one;        ///< the bits of 1
};

const double q64[] = {0.5000000000000001,     0.16666666666666669,
                      0.04166666666662399,    0.008333333333330051,
                      0.0013888888917281794,  0.00019841269863105968,
                      2.480152119021773e-05,  2.7557268378684192e-06,
                      2.7620138719733994e-07, 2.5100424157005067e-08};
const double q32[] = {0.5, 0.16666576845993977, 0.04166655443768594,
                      0.008363202971575855, 0.0013926213466332444};
const ExpNumbers numbers64 = {q64,
                              0.6931471805598903,
                              5.497923018708371e-14,
                              710,
                              -746,
                              6755399441055744.0,
                              52,
                              0x3ff0000000000000};
const ExpNumbers numbers32 = {q32,
                              0.693145751953125,
                              1.4286068203094173e-06,
                              89,
                              -104,
                              12582912.0,
                              23,
                              0x3f800000};

class ExpExpander {
public:
  ExpExpander(OpBuilder &builder, math::ExpOp op)
      : builder(builder), loc(op.getLoc()), type(op.getType()),
        numbers(getElementTypeOrSelf(type).isF64() ? numbers64 : numbers32) {
    Type integer = builder.getIntegerType(
        getElementTypeOrSelf(type).getIntOrFloatBitWidth());
    bits = integer;
    if (auto vector = dyn_cast<VectorType>(type))
      bits = vector.clone(integer);
  }

  Value expand(Value x) {
    // Selections that let a NaN pass.
    x = limit(x, arith::CmpFPredicate::OGT, numbers.most);
    x = limit(x, arith::CmpFPredicate::OLT, numbers.least);
    Value n = round(mul(x, real(1 / 0.69314718055994530942)));
    Value minusN = builder.create<arith::NegFOp>(loc, n);
    Value r = fma(minusN, real(numbers.ln2High), x);
    r = fma(minusN, real(numbers.ln2Low), r);
    Value q = real(numbers.q.back());
    for (double coefficient : llvm::reverse(numbers.q.drop_back()))
      q = fma(q, r, real(coefficient));
    Value p = add(real(1), fma(mul(r, r), q, r));
    // Two factors, since 2^n alone may leave the range that the result is in.
    Value half = round(mul(n, real(0.5)));
    Value rest = builder.create<arith::SubFOp>(loc, n, half);
    return mul(mul(p, powerOfTwo(half)), powerOfTwo(rest));
  }

private:
  OpBuilder &builder;
  Location loc;
  Type type, bits;
  const ExpNumbers &numbers;

  Value constant(Type type, TypedAttr element) {
    if (auto vector = dyn_cast<VectorType>(type))
      element = DenseElementsAttr::get(vector, element);
    return builder.create<arith::ConstantOp>(loc, element);
  }
  Value real(double value) {
    return constant(type,
                    builder.getFloatAttr(getElementTypeOrSelf(type), value));
  }
  Value integer(int64_t value) {
    return constant(bits,
                    builder.getIntegerAttr(getElementTypeOrSelf(bits), value));
  }
  Value add(Value a, Value b) {
    return builder.create<arith::AddFOp>(loc, a, b);
  }
  Value mul(Value a, Value b) {
    return builder.create<arith::MulFOp>(loc, a, b);
  }
  Value fma(Value a, Value b, Value c) {
    return builder.create<math::FmaOp>(loc, a, b, c);
  }
  Value limit(Value x, arith::CmpFPredicate beyond, double bound) {
    Value edge = real(bound);
    Value isOut = builder.create<arith::CmpFOp>(loc, beyond, x, edge);
    return builder.create<arith::SelectOp>(loc, isOut, edge, x);
  }
  Value round(Value x) {
    Value magic = real(numbers.magic);
    return builder.create<arith::SubFOp>(loc, add(x, magic), magic);
  }
  /// 2^n: the lowest bits of n + magic are the integer n.
  Value powerOfTwo(Value n) {
    Value raw = builder.create<arith::BitcastOp>(
        loc, bits, add(n, real(numbers.magic)));
    Value exponent =
        builder.create<arith::ShLIOp>(loc, raw, integer(numbers.fraction));
    Value sum = builder.create<arith::AddIOp>(loc, exponent,
                                              integer(numbers.one));
    return builder.create<arith::BitcastOp>(loc, type, sum);
  }
};

struct ExpandMathPass : impl::ExpandMathBase<ExpandMathPass> {
  void runOnOperation() override {
    getOperation()->walk([](math::ExpOp op) {
      OpBuilder builder(op);
      op.replaceAllUsesWith(ExpExpander(builder, op).expand(op.getOperand()));
      op.erase();
    });
  }
};

} // namespace

} // namespace pdec::codegen
