//===- Numbers.cpp - numbers that are known when a program runs -----------===//

#include "compiler/analysis/Numbers.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;

namespace pdec::analysis {

using Kind = ExpressionKind;

//===----------------------------------------------------------------------===//
// What they are
//===----------------------------------------------------------------------===//

bool Numbers::isNumber(ExpressionRef expression) const {
  return !expression->dependsOnState() &&
         llvm::all_of(expression->data, [&](unsigned atom) {
           return reader.atom(atom).kind == Atom::Number;
         });
}

Numbers::Split Numbers::split(ExpressionRef expression) {
  ExpressionPool &pool = reader.pool();
  ExpressionRef one = pool.constant(1);
  if (isNumber(expression))
    return {expression, one};
  auto both = [&](Kind kind) -> Split {
    Split a = split(expression->args[0]), b = split(expression->args[1]);
    return {pool.make(kind, {a.number, b.number}),
            pool.make(kind, {a.rest, b.rest})};
  };
  switch (expression->kind) {
  case Kind::Neg: {
    Split of = split(expression->args[0]);
    return {pool.make(Kind::Neg, {of.number}), of.rest};
  }
  case Kind::Mul:
  case Kind::Div:
    return both(expression->kind);
  default:
    return {one, expression};
  }
}

/// Whether no atom is read twice, those in `read` included; a square reads its
/// argument once.
static bool readsOnce(ExpressionRef expression, std::set<unsigned> &read) {
  if (expression->kind == Kind::Atom)
    return read.insert(expression->atom).second;
  if (expression->kind == Kind::Mul &&
      expression->args[0] == expression->args[1])
    return readsOnce(expression->args[0], read);
  return llvm::all_of(expression->args,
                      [&](ExpressionRef arg) { return readsOnce(arg, read); });
}

Interval Numbers::rangeOf(ExpressionRef expression) {
  // Then one enclosure is as sharp as many.
  std::set<unsigned> read;
  if (readsOnce(expression, read))
    return reader.pool().enclose(expression, reader.box(), ~0u).value;
  return reader.pool().range(expression, reader.box());
}

static Numbers::Combination sumOf(Numbers::Combination a,
                                  const Numbers::Combination &b,
                                  const Interval &factor) {
  for (const auto &[base, multiple] : b) {
    Interval &place = a.try_emplace(base, 0).first->second;
    place += factor * multiple;
  }
  return a;
}

Numbers::Combination Numbers::combinationOf(ExpressionRef number) {
  ExpressionRef one = reader.pool().constant(1);
  if (number->isConstant())
    return {{one, number->constant}};
  auto arg = [&](unsigned i) { return combinationOf(number->args[i]); };
  Combination made;
  switch (number->kind) {
  case Kind::ToReal:
    return arg(0);
  case Kind::Neg:
    made = sumOf({}, arg(0), Interval(-1));
    break;
  case Kind::Add:
    made = sumOf(arg(0), arg(1), Interval(1));
    break;
  case Kind::Sub:
    made = sumOf(arg(0), arg(1), Interval(-1));
    break;
  case Kind::Mul:
    for (unsigned i : {0u, 1u})
      if (number->args[i]->isConstant())
        made = sumOf({}, arg(1 - i), number->args[i]->constant);
    break;
  default:
    break;
  }
  // Multiples that are not known exactly spoil what is symmetric.
  bool isExact = llvm::all_of(
      made, [](const auto &part) { return part.second.isPoint(); });
  return made.empty() || !isExact ? Combination{{number, Interval(1)}} : made;
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

Value NumberEmitter::constant(double value) {
  return builder.create<arith::ConstantOp>(loc, builder.getF64FloatAttr(value));
}
Value NumberEmitter::add(Value a, Value b) {
  return builder.create<arith::AddFOp>(loc, a, b);
}
Value NumberEmitter::multiply(Value a, Value b) {
  return builder.create<arith::MulFOp>(loc, a, b);
}
Value NumberEmitter::negate(Value a) {
  return builder.create<arith::NegFOp>(loc, a);
}

Value NumberEmitter::asReal(Value value) {
  if (value.getType().isF64())
    return value;
  Type real = builder.getF64Type();
  if (value.getType().isInteger(1))
    return builder.create<arith::UIToFPOp>(loc, real, value);
  if (value.getType().isF32())
    return builder.create<arith::ExtFOp>(loc, real, value);
  return builder.create<arith::SIToFPOp>(loc, real, value);
}

Value NumberEmitter::asTruth(Value value) {
  if (value.getType().isInteger(1))
    return value;
  return builder.create<arith::CmpFOp>(loc, arith::CmpFPredicate::UNE, value,
                                       constant(0));
}

Value NumberEmitter::emit(ExpressionRef number) {
  auto found = emitted.find(number);
  if (found != emitted.end())
    return found->second;
  Value made = make(number);
  return emitted[number] = made;
}

/// A comparison, or what is made of some; null, if it is none.
Value NumberEmitter::truth(ExpressionKind kind, ArrayRef<Value> args) {
  auto compare = [&](arith::CmpFPredicate predicate, Value other) -> Value {
    return builder.create<arith::CmpFOp>(loc, predicate, asReal(args[0]),
                                         asReal(other));
  };
  switch (kind) {
  case Kind::Less:
    return compare(arith::CmpFPredicate::OLT, args[1]);
  case Kind::LessEqual:
    return compare(arith::CmpFPredicate::OLE, args[1]);
  case Kind::Equal:
    return compare(arith::CmpFPredicate::OEQ, args[1]);
  case Kind::NotEqual:
    return compare(arith::CmpFPredicate::UNE, args[1]);
  case Kind::Not:
    return compare(arith::CmpFPredicate::OEQ, constant(0));
  case Kind::And:
    return builder.create<arith::AndIOp>(loc, asTruth(args[0]),
                                         asTruth(args[1]));
  case Kind::Or:
    return builder.create<arith::OrIOp>(loc, asTruth(args[0]),
                                        asTruth(args[1]));
  default:
    return {};
  }
}

Value NumberEmitter::index(ExpressionRef number) {
  if (number->kind == Kind::Atom)
    return reader.atom(number->atom).number;
  return builder.create<arith::ConstantOp>(
      loc, builder.getI64IntegerAttr(int64_t(number->constant.middle())));
}

Value NumberEmitter::entry(const Atom &atom) {
  SmallVector<Value> indices;
  for (ExpressionRef each : atom.indices)
    indices.push_back(index(each));
  return builder.create<pde::EntryOp>(loc, builder.getF64Type(), atom.array,
                                      indices,
                                      cast<pde::EntryOp>(atom.op).getExtents());
}

Value NumberEmitter::make(ExpressionRef number) {
  if (number->isConstant())
    return constant(number->constant.middle());
  if (number->kind == Kind::Atom) {
    const Atom &atom = reader.atom(number->atom);
    return atom.array ? entry(atom) : asReal(atom.number);
  }
  SmallVector<Value> args;
  for (ExpressionRef arg : number->args)
    args.push_back(emit(arg));
  if (Value made = truth(number->kind, args))
    return made;
  auto real = [&](unsigned i) { return asReal(args[i]); };
  switch (number->kind) {
  case Kind::ToReal:
    return real(0);
  case Kind::Neg:
    return negate(real(0));
  case Kind::Add:
    return add(real(0), real(1));
  case Kind::Sub:
    return builder.create<arith::SubFOp>(loc, real(0), real(1));
  case Kind::Mul:
    return multiply(real(0), real(1));
  case Kind::Div:
    return builder.create<arith::DivFOp>(loc, real(0), real(1));
  case Kind::Pow:
    return builder.create<pde::PowOp>(loc, real(0), real(1));
  case Kind::Rsqrt:
    return builder.create<pde::RsqrtOp>(loc, real(0));
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX,    \
                     DERIVATIVE)                                               \
  case Kind::NODE:                                                             \
    return builder.create<OPERATION>(loc, real(0));
#define PDE_EXTREMUM(NAME, NODE, OPERATION, INTEGER_OPERATION, ONNX)           \
  case Kind::NODE:                                                             \
    return builder.create<OPERATION>(loc, real(0), real(1));
#include "compiler/support/Functions.def"
  case Kind::Select:
    return builder.create<arith::SelectOp>(loc, asTruth(args[0]), real(1),
                                           real(2));
  default:
    llvm_unreachable("a quotient depends on a field");
  }
}

} // namespace pdec::analysis
