//===- Passes.td - rewriting schemes -----------------------*- tablegen -*-===//

#ifndef PDEC_PDE_PASSES
#define PDEC_PDE_PASSES

include "mlir/Pass/PassBase.td"

def FormRsqrt : Pass<"pde-form-rsqrt"> {
  let summary = "Divide by a square root by multiplying with its reciprocal";
  let description = [{
    In maps, `a / sqrt(x)` becomes `a * rsqrt(x)`: the root and the quotient of
    fluxes such as Charbonnier's keep a processor's divider busy for most of a
    step. The result is within 1.5 units in the last place, where the two
    operations are within 1. It must happen here, before the ways part, so that
    both forms have the same bits.
  }];
  let dependentDialects = ["::mlir::math::MathDialect"];
}

#endif // PDEC_PDE_PASSES
