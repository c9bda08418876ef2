//===- SweepFunction.h - the function that computes tiles -------*- C++ -*-===//

#ifndef PDEC_KERNEL_SWEEPFUNCTION_H
#define PDEC_KERNEL_SWEEPFUNCTION_H

#include "compiler/kernel/SweepPlan.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"

namespace pdec::kernel {

struct TileOptions {
  unsigned vectorBytes, tileBytes, maxSteps;
};

/// A sweep as a function over tiles (a pde_body). Its closure is an array of
/// 8-byte slots, in the order: context, size, first step, steps; the current
/// and the new memory of each carried field or result; the leaves; the scalars.
struct SweepFunction {
  mlir::func::FuncOp function;
  int64_t tileCells = 0;
  int64_t maxSteps = 1; ///< steps a call may advance
  int64_t scratchBytes = 0;
  unsigned states = 0;              ///< carried fields or results
  std::vector<mlir::Value> leaves;  ///< stored fields, besides carried ones
  std::vector<mlir::Value> scalars; ///< from outside of the loop

  static constexpr int contextSlot = 0, sizeSlot = 1, firstStepSlot = 2,
                       stepsSlot = 3, pointersSlot = 4;
};

/// Makes the function of `sweep` at the end of the module. With `steps`, the
/// sweep is all of that loop's body and the function advances several passes.
SweepFunction makeSweepFunction(mlir::ModuleOp module, pde::SweepOp sweep,
                                pde::StepsOp steps, const TileOptions &options);

} // namespace pdec::kernel

#endif // PDEC_KERNEL_SWEEPFUNCTION_H
