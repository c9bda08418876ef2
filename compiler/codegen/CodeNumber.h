//===- CodeNumber.h - formulas as operations --------------------*- C++ -*-===//
//
// The Number of functions/Number.h that makes operations of arith and math: on
// scalars or, with the same constants in each lane, on vectors.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_CODEGEN_CODENUMBER_H
#define PDEC_CODEGEN_CODENUMBER_H

#include "compiler/functions/Number.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

namespace pdec::functions {

/// What all functions of a module share, made when the first asks for it.
class SharedCode {
public:
  explicit SharedCode(mlir::ModuleOp module) : module(module) {}

  /// farAngleOf (functions/Angles.h) of an f64. A function of its own, since
  /// few lanes need it and it is long.
  mlir::func::FuncOp farAngle();
  /// The array digitsOfTwoByPi; its address at `builder`.
  mlir::Value digits(mlir::OpBuilder &builder, mlir::Location loc);

private:
  mlir::ModuleOp module;
  mlir::func::FuncOp farAngleFunction;
  mlir::Operation *digitsArray = nullptr;
};

/// Where operations are made, and for how many lanes; 0 are scalars.
class Code {
public:
  Code(mlir::OpBuilder &builder, mlir::Location loc, int64_t lanes,
       SharedCode &shared)
      : builder(builder), loc(loc), lanes(lanes), shared(shared) {}

  mlir::OpBuilder &builder;
  const mlir::Location loc;
  const int64_t lanes;
  SharedCode &shared;

  template <class T> mlir::Type elementOf() {
    return std::is_same_v<T, double> ? mlir::Type(builder.getF64Type())
                                     : builder.getF32Type();
  }
  mlir::Type wide(mlir::Type element) {
    return lanes ? mlir::VectorType::get(lanes, element) : element;
  }
  template <class T> mlir::Type type() { return wide(elementOf<T>()); }
  template <class T> mlir::Type bitsType() {
    return wide(builder.getIntegerType(8 * sizeof(T)));
  }
  /// In every lane.
  mlir::Value constant(mlir::TypedAttr element);
  /// 1 if a condition holds in all lanes.
  mlir::Value inAllLanes(mlir::Value mask);
  /// One of two blocks, which yield values of these types.
  mlir::ValueRange
  choose(mlir::Value condition, mlir::ValueRange values,
         llvm::function_ref<llvm::SmallVector<mlir::Value>()> otherwise);

  template <class Op, class... Arguments>
  mlir::Value make(Arguments... arguments) {
    return builder.create<Op>(loc, arguments...);
  }
};

struct CodeMask {
  Code *code;
  mlir::Value value;

  friend CodeMask operator&(CodeMask a, CodeMask b) {
    return {a.code, a.code->make<mlir::arith::AndIOp>(a.value, b.value)};
  }
  friend CodeMask operator|(CodeMask a, CodeMask b) {
    return {a.code, a.code->make<mlir::arith::OrIOp>(a.value, b.value)};
  }
  friend CodeMask operator!(CodeMask a) {
    mlir::Value yes = a.code->constant(a.code->builder.getBoolAttr(true));
    return {a.code, a.code->make<mlir::arith::XOrIOp>(a.value, yes)};
  }
};

template <class T> struct CodeBits {
  using Word = typename Format<T>::Word;
  Code *code;
  mlir::Value value;

  CodeBits of(Word constant) const {
    mlir::Type element = code->builder.getIntegerType(8 * sizeof(T));
    return {code, code->constant(code->builder.getIntegerAttr(
                      element, int64_t(constant)))};
  }
#define PDEC_OPERATOR(SIGN, OP)                                                \
  friend CodeBits operator SIGN(CodeBits a, CodeBits b) {                      \
    return {a.code, a.code->make<mlir::arith::OP>(a.value, b.value)};          \
  }                                                                            \
  friend CodeBits operator SIGN(CodeBits a, Word b) { return a SIGN a.of(b); }
  PDEC_OPERATOR(+, AddIOp)
  PDEC_OPERATOR(-, SubIOp)
  PDEC_OPERATOR(*, MulIOp)
  PDEC_OPERATOR(&, AndIOp)
  PDEC_OPERATOR(|, OrIOp)
  PDEC_OPERATOR(^, XOrIOp)
  PDEC_OPERATOR(<<, ShLIOp)
  PDEC_OPERATOR(>>, ShRUIOp)
#undef PDEC_OPERATOR
  friend CodeBits operator<<(CodeBits a, int b) { return a << Word(b); }
  friend CodeBits operator>>(CodeBits a, int b) { return a >> Word(b); }
};

template <class T> struct CodeNumber : WithConstants<CodeNumber<T>, CodeMask> {
  using Element = T;
  using Word = typename Format<T>::Word;
  using Bits = CodeBits<T>;

  CodeNumber(Code *code, mlir::Value value) : code(code), value(value) {}
  Code *code;
  mlir::Value value;

  CodeNumber of(double constant) const {
    return {code, code->constant(code->builder.getFloatAttr(
                      code->elementOf<T>(), constant))};
  }
  Bits word(Word constant) const { return Bits{code, {}}.of(constant); }

#define PDEC_OPERATOR(SIGN, OP)                                                \
  friend CodeNumber operator SIGN(CodeNumber a, CodeNumber b) {                \
    return {a.code, a.code->make<mlir::arith::OP>(a.value, b.value)};          \
  }
  PDEC_OPERATOR(+, AddFOp)
  PDEC_OPERATOR(-, SubFOp)
  PDEC_OPERATOR(*, MulFOp)
  PDEC_OPERATOR(/, DivFOp)
#undef PDEC_OPERATOR
#define PDEC_OPERATOR(SIGN, PREDICATE)                                         \
  friend CodeMask operator SIGN(CodeNumber a, CodeNumber b) {                  \
    return {a.code,                                                            \
            a.code->make<mlir::arith::CmpFOp>(                                 \
                mlir::arith::CmpFPredicate::PREDICATE, a.value, b.value)};     \
  }
  PDEC_OPERATOR(<, OLT)
  PDEC_OPERATOR(<=, OLE)
  PDEC_OPERATOR(>, OGT)
  PDEC_OPERATOR(>=, OGE)
  PDEC_OPERATOR(==, OEQ)
#undef PDEC_OPERATOR
  friend CodeNumber operator-(CodeNumber a) {
    return {a.code, a.code->make<mlir::arith::NegFOp>(a.value)};
  }
  friend CodeNumber fma(CodeNumber a, CodeNumber b, CodeNumber c) {
    return {a.code, a.code->make<mlir::math::FmaOp>(a.value, b.value, c.value)};
  }
  friend Bits bits(CodeNumber a) {
    return {a.code, a.code->make<mlir::arith::BitcastOp>(a.code->bitsType<T>(),
                                                         a.value)};
  }
};

template <class T> CodeNumber<T> number(CodeBits<T> a) {
  return {a.code, a.code->template make<mlir::arith::BitcastOp>(
                      a.code->template type<T>(), a.value)};
}

template <class T>
CodeNumber<T> select(CodeMask mask, CodeNumber<T> a, CodeNumber<T> b) {
  return {mask.code,
          mask.code->make<mlir::arith::SelectOp>(mask.value, a.value, b.value)};
}

template <class T, std::size_t count, class Slow>
std::array<CodeNumber<T>, count>
whenAll(CodeMask mask, std::array<CodeNumber<T>, count> fast, Slow slow) {
  Code *code = mask.code;
  auto valuesOf = [](const std::array<CodeNumber<T>, count> &numbers) {
    llvm::SmallVector<mlir::Value> values;
    for (const CodeNumber<T> &number : numbers)
      values.push_back(number.value);
    return values;
  };
  mlir::ValueRange chosen =
      code->choose(code->inAllLanes(mask.value), valuesOf(fast),
                   [&] { return valuesOf(slow()); });
  for (std::size_t i = 0; i < count; ++i)
    fast[i].value = chosen[i];
  return fast;
}

inline CodeNumber<double> widened(CodeNumber<float> a) {
  return {a.code,
          a.code->make<mlir::arith::ExtFOp>(a.code->type<double>(), a.value)};
}
inline CodeNumber<float> narrowed(CodeNumber<double> a) {
  return {a.code,
          a.code->make<mlir::arith::TruncFOp>(a.code->type<float>(), a.value)};
}

std::array<CodeNumber<double>, 3> farAngle(CodeNumber<double> x);
/// Of a scalar.
CodeBits<double> digitOfTwoByPi(CodeNumber<double> x, CodeBits<double> word);

} // namespace pdec::functions

#endif // PDEC_CODEGEN_CODENUMBER_H
