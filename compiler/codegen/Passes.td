//===- Passes.td - from loops to LLVM ----------------------*- tablegen -*-===//

#ifndef PDEC_CODEGEN_PASSES
#define PDEC_CODEGEN_PASSES

include "mlir/Pass/PassBase.td"

def ExpandMath : Pass<"pde-expand-math"> {
  let summary = "Turn pde.exp and math.rsqrt into arithmetic";
  let description = [{
    Both become, for a scalar or a vector, the same sequence of correctly
    rounded operations in every lane, so that neither the vector width nor the
    form of the program shows in their bits. The error is about one unit in the
    last place in f64 and f32.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::mlir::math::MathDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect"];
}

#endif // PDEC_CODEGEN_PASSES
