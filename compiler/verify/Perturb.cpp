//===- Perturb.cpp - a wrong coefficient, to see that it is found ---------===//
//
// A comparison that never fails proves nothing. With --perturb one coefficient
// of one form is altered by about a thousandth: little enough for the run to
// stay stable, far more than rounding. A network has its weights; a kernel has
// them as numbers within sums, so there a term of a sum is altered instead.
//
//===----------------------------------------------------------------------===//

#include "compiler/verify/Perturb.h"
#include "compiler/net/NetDialect.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/TypeUtilities.h"

using namespace mlir;

namespace pdec::driver {

static void alterOperand(Operation *op, unsigned operand) {
  OpBuilder builder(op);
  Value old = op->getOperand(operand);
  TypedAttr factor =
      builder.getFloatAttr(getElementTypeOrSelf(old.getType()), 1.0009765625);
  if (auto vector = dyn_cast<VectorType>(old.getType()))
    factor = DenseElementsAttr::get(vector, factor);
  Value scale = builder.create<arith::ConstantOp>(op->getLoc(), factor);
  op->setOperand(operand,
                 builder.create<arith::MulFOp>(op->getLoc(), old, scale));
}

bool perturb(ModuleOp root) {
  Operation *target = nullptr;
  root.walk([&](net::WeightsOp weights) {
    if (!target)
      target = weights;
  });
  if (target) {
    alterOperand(target, 0);
    return true;
  }
  for (auto function : root.getOps<func::FuncOp>()) {
    Operation *first = nullptr;
    function.walk([&](Operation *op) {
      // In a loop over cells, in the vectors that make most of them.
      bool isSum = isa<arith::AddFOp, arith::SubFOp>(op) &&
                   isa<VectorType>(op->getResult(0).getType());
      if (isSum && !first && isa<scf::ForOp>(op->getParentOp()))
        first = op;
    });
    if (first)
      target = first;
  }
  if (!target)
    return false;
  alterOperand(target, 1);
  return true;
}

} // namespace pdec::driver
