//===- Passes.td - derivatives of programs -----------------*- tablegen -*-===//

#ifndef PDEC_GRADIENT_PASSES
#define PDEC_GRADIENT_PASSES

include "mlir/Pass/PassBase.td"

def Differentiate : Pass<"pde-differentiate", "::mlir::ModuleOp"> {
  let summary = "Make operations of derivatives";
  let description = [{
    Replaces each `pde.gradient` by what goes back from its number to its
    variable, operation by operation, and each `pde.variable` by its value. An
    error where something on the way has no derivative.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect"];
}

#endif // PDEC_GRADIENT_PASSES
