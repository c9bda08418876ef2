//===- Passes.td - what is proved, as code -----------------*- tablegen -*-===//

#ifndef PDEC_ANALYSIS_PASSES
#define PDEC_ANALYSIS_PASSES

include "mlir/Pass/PassBase.td"

def EvaluateRates : Pass<"pde-evaluate-rates", "::mlir::ModuleOp"> {
  let summary = "Make arithmetic of the bounds of right-hand sides";
  let description = [{
    Replaces each `pde.rate` by a formula of parameters and sizes of grids. An
    error where no bound is known.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect"];
}

def MeasureSteps : Pass<"pde-measure-steps", "::mlir::ModuleOp"> {
  let summary = "Let a program see how long its steps are";
  let description = [{
    Adds a `pde.step_length` before each evolution whose explicit steps have a
    bound that is a formula of parameters and sizes of grids; none where all
    values that parameters may have keep within it.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect"];
}

#endif // PDEC_ANALYSIS_PASSES
