//===- ExpandMath.cpp - functions as arithmetic ---------------------------===//
//
// The formulas of compiler/functions, in place of the operations of the pde
// dialect that are named like them.
//
//===----------------------------------------------------------------------===//

#include "compiler/codegen/CodeNumber.h"
#include "compiler/codegen/Passes.h"
#include "compiler/functions/Angles.h"
#include "compiler/functions/Arctangent.h"
#include "compiler/functions/Exponentials.h"
#include "compiler/functions/Floor.h"
#include "compiler/functions/Logarithm.h"
#include "compiler/functions/Power.h"
#include "compiler/functions/Roots.h"
#include "compiler/pde/PdeDialect.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace pdec::functions;

namespace pdec::codegen {

#define GEN_PASS_DEF_EXPANDMATH
#include "compiler/codegen/Passes.h.inc"

/// Calls `formula` with a value as a number of its element type.
template <class Formula>
static Value inType(Code &code, Value x, Formula formula) {
  if (getElementTypeOrSelf(x.getType()).isF64())
    return formula(CodeNumber<double>(&code, x)).value;
  return formula(CodeNumber<float>(&code, x)).value;
}

static Value expand(Code &code, Operation *op) {
  auto of = [&](auto formula) {
    return inType(code, op->getOperand(0), formula);
  };
  return llvm::TypeSwitch<Operation *, Value>(op)
      .Case<pde::ExpOp>(
          [&](auto) { return of([](auto x) { return exponential(x); }); })
      .Case<pde::LogOp>(
          [&](auto) { return of([](auto x) { return logarithm(x); }); })
      .Case<pde::SinOp>(
          [&](auto) { return of([](auto x) { return sine(x); }); })
      .Case<pde::CosOp>(
          [&](auto) { return of([](auto x) { return cosine(x); }); })
      .Case<pde::TanOp>(
          [&](auto) { return of([](auto x) { return tangent(x); }); })
      .Case<pde::AtanOp>(
          [&](auto) { return of([](auto x) { return arctangent(x); }); })
      .Case<pde::TanhOp>(
          [&](auto) { return of([](auto x) { return hyperbolicTangent(x); }); })
      .Case<pde::RsqrtOp>(
          [&](auto) { return of([](auto x) { return reciprocalRoot(x); }); })
      .Case<math::FloorOp>(
          [&](auto) { return of([](auto x) { return floorOf(x); }); })
      .Case<pde::PowOp>([&](pde::PowOp pow) {
        CodeNumber<double> exponent(&code, pow.getExponent());
        return of([&](auto x) { return power(x, exponent); });
      })
      .Default([](auto) { return Value(); });
}

namespace {

struct ExpandMathPass : impl::ExpandMathBase<ExpandMathPass> {
  using ExpandMathBase::ExpandMathBase;
  void runOnOperation() override {
    SharedCode shared(getOperation());
    SmallVector<Operation *> functions;
    getOperation()->walk([&](Operation *op) {
      if (op->hasTrait<pde::FunctionTrait>() ||
          (floor && isa<math::FloorOp>(op)))
        functions.push_back(op);
    });
    for (Operation *op : functions) {
      OpBuilder builder(op);
      auto vector = dyn_cast<VectorType>(op->getResult(0).getType());
      Code code(builder, op->getLoc(), vector ? vector.getDimSize(0) : 0,
                shared);
      op->getResult(0).replaceAllUsesWith(expand(code, op));
      op->erase();
    }
  }
};

} // namespace

} // namespace pdec::codegen
