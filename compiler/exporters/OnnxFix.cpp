//===- OnnxFix.cpp - parameters and sizes that a model fixes --------------===//

#include "compiler/exporters/OnnxFix.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

using namespace mlir;

namespace pdec::exporters {

static void replaceByConstant(Operation *op, TypedAttr value) {
  OpBuilder builder(op);
  auto constant = builder.create<arith::ConstantOp>(op->getLoc(), value);
  op->replaceAllUsesWith(constant);
  op->erase();
}

static void fixParam(pde::ParamOp op, pde_value value) {
  Builder builder(op.getContext());
  if (op.getValue().getType().isF64())
    replaceByConstant(op, builder.getF64FloatAttr(value.real));
  else
    replaceByConstant(op, builder.getI64IntegerAttr(value.integer));
}

void fixValues(ModuleOp module, const pde::Interface &interface,
               const OnnxOptions &options) {
  if (options.fixed.isNothing())
    return;
  module.walk([&](pde::ParamOp op) {
    auto given = options.fixed.params.find(interface.paramIndex(op.getName()));
    if (given != options.fixed.params.end())
      fixParam(op, given->second);
  });
  module.walk([&](pde::SizeOp op) {
    int grid = interface.gridIndex(op.getGrid());
    if (int64_t size = options.fixed.size(grid, op.getAxis()))
      replaceByConstant(op, Builder(op.getContext()).getI64IntegerAttr(size));
  });
  // Without patterns: operations on constants are computed, none is rewritten.
  GreedyRewriteConfig config;
  config.enableRegionSimplification = GreedySimplifyRegionLevel::Disabled;
  (void)applyPatternsAndFoldGreedily(module, {}, config);
}

} // namespace pdec::exporters
