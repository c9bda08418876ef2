//===- Passes.td - from loops to LLVM ----------------------*- tablegen -*-===//

#ifndef PDEC_CODEGEN_PASSES
#define PDEC_CODEGEN_PASSES

include "mlir/Pass/PassBase.td"

def ExpandMath : Pass<"pde-expand-math"> {
  let summary = "Turn math.exp into arithmetic";
  let description = [{
    The exponential of a scalar or a vector becomes the same sequence of
    correctly rounded operations in every lane, so that neither the vector
    width nor the form of the program shows in its bits. The error is below
    one unit in the last place in f64 and f32.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect"];
}

#endif // PDEC_CODEGEN_PASSES
