//===- ExpandMath.cpp - exponential and reciprocal root as arithmetic -----===//
//
// exp(x) = 2^n * exp(r) with n the integer next to x/ln 2 and r = x - n*ln 2,
// |r| <= ln(2)/2. There exp(r) = 1 + (r + r^2 q(r)), q interpolating
// (exp(r) - 1 - r)/r^2 at Chebyshev nodes: relative error 1.7e-17 (degree 9)
// in f64, 1.0e-8 (degree 4) in f32.
//
// 1/sqrt(x): halving the exponent in the integer of the bits gives a first
// guess with a relative error below 0.035. With e = 1 - x*y^2,
// y*(1 + e/2 + 3/8 e^2) leaves 5/16 e^3, and a last y*(1 + e/2) leaves 3/8 e^2,
// below rounding. Arguments near the ends of the range, where x*y^2 would not
// be accurate, zeros and what is no number take the processor's root and
// quotient.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/Passes.h"
#include "compiler/pde/PdeDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
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

struct RsqrtNumbers {
  int64_t guess; ///< minus half of the bits of x: those of 1/sqrt(x), nearly
  double least, most; ///< the arguments between which all is accurate
  int cubicSteps;
};
const RsqrtNumbers rsqrt64 = {0x5FE6EB50C7B537A9, 1e-290, 1e290, 2};
const RsqrtNumbers rsqrt32 = {0x5F3759DF, 1e-33, 1e33, 1};

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
const ExpNumbers numbers32 = {
    q32, 0.693145751953125, 1.4286068203094173e-06, 89, -104, 12582912.0,
    23,  0x3f800000};

/// Arithmetic on scalars or vectors of f32 or f64 and on their bits.
class Arithmetic {
public:
  Arithmetic(OpBuilder &builder, Operation *op)
      : builder(builder), loc(op->getLoc()), type(op->getResult(0).getType()),
        isF64(getElementTypeOrSelf(type).isF64()) {
    bits = builder.getIntegerType(isF64 ? 64 : 32);
    if (auto vector = dyn_cast<VectorType>(type))
      bits = vector.clone(bits);
  }

protected:
  OpBuilder &builder;
  Location loc;
  Type type, bits;
  bool isF64;

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
  Value neg(Value a) { return builder.create<arith::NegFOp>(loc, a); }
  Value fma(Value a, Value b, Value c) {
    return builder.create<math::FmaOp>(loc, a, b, c);
  }
  Value compare(arith::CmpFPredicate predicate, Value a, Value b) {
    return builder.create<arith::CmpFOp>(loc, predicate, a, b);
  }
  Value select(Value condition, Value a, Value b) {
    return builder.create<arith::SelectOp>(loc, condition, a, b);
  }
  Value toBits(Value a) {
    return builder.create<arith::BitcastOp>(loc, bits, a);
  }
  Value fromBits(Value a) {
    return builder.create<arith::BitcastOp>(loc, type, a);
  }
};

class ExpExpander : Arithmetic {
public:
  ExpExpander(OpBuilder &builder, pde::ExpOp op)
      : Arithmetic(builder, op), numbers(isF64 ? numbers64 : numbers32) {}

  Value expand(Value x) {
    // Selections that let a NaN pass.
    x = limit(x, arith::CmpFPredicate::OGT, numbers.most);
    x = limit(x, arith::CmpFPredicate::OLT, numbers.least);
    Value n = round(mul(x, real(1 / 0.69314718055994530942)));
    Value r = fma(neg(n), real(numbers.ln2High), x);
    r = fma(neg(n), real(numbers.ln2Low), r);
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
  const ExpNumbers &numbers;

  Value limit(Value x, arith::CmpFPredicate beyond, double bound) {
    Value edge = real(bound);
    return select(compare(beyond, x, edge), edge, x);
  }
  Value round(Value x) {
    Value magic = real(numbers.magic);
    return builder.create<arith::SubFOp>(loc, add(x, magic), magic);
  }
  /// 2^n: the lowest bits of n + magic are the integer n.
  Value powerOfTwo(Value n) {
    Value exponent = builder.create<arith::ShLIOp>(
        loc, toBits(add(n, real(numbers.magic))), integer(numbers.fraction));
    return fromBits(
        builder.create<arith::AddIOp>(loc, exponent, integer(numbers.one)));
  }
};

class RsqrtExpander : Arithmetic {
public:
  RsqrtExpander(OpBuilder &builder, math::RsqrtOp op)
      : Arithmetic(builder, op), numbers(isF64 ? rsqrt64 : rsqrt32) {}

  Value expand(Value x) {
    Value half = builder.create<arith::ShRUIOp>(loc, toBits(x), integer(1));
    Value y = fromBits(
        builder.create<arith::SubIOp>(loc, integer(numbers.guess), half));
    auto residual = [&] { return fma(neg(mul(x, y)), y, real(1)); };
    for (int step = 0; step < numbers.cubicSteps; ++step) {
      Value e = residual();
      y = fma(mul(y, e), fma(e, real(0.375), real(0.5)), y);
    }
    y = fma(mul(y, residual()), real(0.5), y);
    return orExact(x, y);
  }

private:
  const RsqrtNumbers &numbers;

  /// Lanes out of the range are rare: they cost a test that no lane is.
  Value orExact(Value x, Value y) {
    Value inside = builder.create<arith::AndIOp>(
        loc, compare(arith::CmpFPredicate::OGE, x, real(numbers.least)),
        compare(arith::CmpFPredicate::OLE, x, real(numbers.most)));
    Value all = inside;
    if (isa<VectorType>(type))
      all = builder.create<vector::ReductionOp>(loc, vector::CombiningKind::AND,
                                                inside);
    auto choice = builder.create<scf::IfOp>(
        loc, all,
        [&](OpBuilder &then, Location) { then.create<scf::YieldOp>(loc, y); },
        [&](OpBuilder &otherwise, Location) {
          Value root = otherwise.create<math::SqrtOp>(loc, x);
          Value exact = otherwise.create<arith::DivFOp>(loc, real(1), root);
          otherwise.create<scf::YieldOp>(loc, select(inside, y, exact));
        });
    return choice.getResult(0);
  }
};

struct ExpandMathPass : impl::ExpandMathBase<ExpandMathPass> {
  void runOnOperation() override {
    getOperation()->walk([](pde::ExpOp op) {
      OpBuilder builder(op);
      op.replaceAllUsesWith(ExpExpander(builder, op).expand(op.getOperand()));
      op.erase();
    });
    getOperation()->walk([](math::RsqrtOp op) {
      OpBuilder builder(op);
      op.replaceAllUsesWith(RsqrtExpander(builder, op).expand(op.getOperand()));
      op.erase();
    });
  }
};

} // namespace

} // namespace pdec::codegen
