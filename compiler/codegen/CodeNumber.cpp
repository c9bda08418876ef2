//===- CodeNumber.cpp - formulas as operations ----------------------------===//

#include "compiler/codegen/CodeNumber.h"

#include "compiler/functions/Angles.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;

namespace pdec::functions {

Value Code::constant(TypedAttr element) {
  if (lanes)
    element = DenseElementsAttr::get(cast<ShapedType>(wide(element.getType())),
                                     element);
  return make<arith::ConstantOp>(element);
}

Value Code::inAllLanes(Value mask) {
  return lanes ? make<vector::ReductionOp>(vector::CombiningKind::AND, mask)
               : mask;
}

ValueRange Code::choose(Value condition, ValueRange values,
                        llvm::function_ref<SmallVector<Value>()> otherwise) {
  // Else registers would be kept for what is rare.
  Value yes = make<arith::ConstantOp>(builder.getBoolAttr(true));
  Value expected = make<LLVM::ExpectOp>(condition, yes);
  return builder
      .create<scf::IfOp>(
          loc, expected,
          [&](OpBuilder &, Location) {
            builder.create<scf::YieldOp>(loc, values);
          },
          [&](OpBuilder &, Location) {
            SmallVector<Value> others = otherwise();
            builder.create<scf::YieldOp>(loc, others);
          })
      .getResults();
}

//===----------------------------------------------------------------------===//
// Far angles
//===----------------------------------------------------------------------===//

Value SharedCode::digits(OpBuilder &builder, Location loc) {
  if (!digitsArray) {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPointToStart(module.getBody());
    auto values = builder.getI32TensorAttr(SmallVector<int32_t>(
        std::begin(digitsOfTwoByPi), std::end(digitsOfTwoByPi)));
    auto array = builder.create<LLVM::GlobalOp>(
        loc,
        LLVM::LLVMArrayType::get(builder.getI32Type(),
                                 std::size(digitsOfTwoByPi)),
        /*isConstant=*/true, LLVM::Linkage::Internal, "digits_of_two_by_pi",
        values);
    SymbolTable(module).insert(array);
    digitsArray = array;
  }
  return builder.create<LLVM::AddressOfOp>(loc,
                                           cast<LLVM::GlobalOp>(digitsArray));
}

func::FuncOp SharedCode::farAngle() {
  if (farAngleFunction)
    return farAngleFunction;
  OpBuilder builder(module.getContext());
  Location loc = module.getLoc();
  Type f64 = builder.getF64Type();
  farAngleFunction = func::FuncOp::create(
      loc, "far_angle", builder.getFunctionType({f64}, {f64, f64, f64}));
  farAngleFunction.setPrivate();
  farAngleFunction->setAttr("passthrough",
                            builder.getStrArrayAttr({"noinline", "cold"}));
  SymbolTable(module).insert(farAngleFunction);
  Block *body = farAngleFunction.addEntryBlock();
  builder.setInsertionPointToStart(body);
  Code code(builder, loc, 0, *this);
  CodeNumber<double> x(&code, body->getArgument(0));
  Angle<CodeNumber<double>> angle = farAngleOf(x);
  builder.create<func::ReturnOp>(
      loc, ValueRange{angle.high.value, angle.low.value, angle.n.value});
  return farAngleFunction;
}

CodeBits<double> digitOfTwoByPi(CodeNumber<double> x, CodeBits<double> word) {
  Code &code = *x.code;
  OpBuilder &builder = code.builder;
  Value array = code.shared.digits(builder, code.loc);
  Value place = builder.create<LLVM::GEPOp>(code.loc, array.getType(),
                                            builder.getI32Type(), array,
                                            ValueRange(word.value));
  Value digit =
      builder.create<LLVM::LoadOp>(code.loc, builder.getI32Type(), place);
  return {&code, code.make<arith::ExtUIOp>(builder.getI64Type(), digit)};
}

std::array<CodeNumber<double>, 3> farAngle(CodeNumber<double> x) {
  Code &code = *x.code;
  func::FuncOp function = code.shared.farAngle();
  auto call = [&](Value lane) {
    return code.builder
        .create<func::CallOp>(code.loc, function, ValueRange(lane))
        .getResults();
  };
  std::array<CodeNumber<double>, 3> result{x, x, x};
  if (!code.lanes)
    for (int i = 0; i < 3; ++i)
      result[i].value = call(x.value)[i];
  for (int64_t lane = 0; lane < code.lanes; ++lane) {
    ValueRange parts = call(code.make<vector::ExtractOp>(x.value, lane));
    for (int i = 0; i < 3; ++i)
      result[i].value = code.make<vector::InsertOp>(parts[i], result[i].value,
                                                    ArrayRef<int64_t>(lane));
  }
  return result;
}

} // namespace pdec::functions
