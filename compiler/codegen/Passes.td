//===- Passes.td - from loops to LLVM ----------------------*- tablegen -*-===//

#ifndef PDEC_CODEGEN_PASSES
#define PDEC_CODEGEN_PASSES

include "mlir/Pass/PassBase.td"

def ExpandMath : Pass<"pde-expand-math", "::mlir::ModuleOp"> {
  let summary = "Turn the functions of the pde dialect into arithmetic";
  let description = [{
    Each becomes, for a scalar or a vector, the same sequence of correctly
    rounded operations in every lane, so that neither the vector width nor the
    form of the program shows in their bits. compiler/functions has the
    formulas.
  }];
  let options = [
    Option<"floor", "floor", "bool", "false",
      "math.floor, too, for processors without an instruction">
  ];
  let dependentDialects = ["::mlir::LLVM::LLVMDialect",
                           "::mlir::arith::ArithDialect",
                           "::mlir::func::FuncDialect",
                           "::mlir::math::MathDialect",
                           "::mlir::scf::SCFDialect",
                           "::mlir::vector::VectorDialect"];
}

#endif // PDEC_CODEGEN_PASSES
