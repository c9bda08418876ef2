//===- Passes.td - the kernel way --------------------------*- tablegen -*-===//

#ifndef PDEC_KERNEL_PASSES
#define PDEC_KERNEL_PASSES

include "mlir/Pass/PassBase.td"

def FormSweeps : Pass<"pde-form-sweeps", "::mlir::ModuleOp"> {
  let summary = "Gather field operations into sweeps over memory";
  let description = [{
    Whatever must be stored (a step's new levels, an output, an input's default,
    a loop's first levels) is computed by one `pde.sweep` with all operators and
    maps that it needs, down to stored fields. Maps and operators outside of
    sweeps are gone afterwards.
  }];
  let dependentDialects = ["::pdec::pde::PdeDialect"];
}

def LowerSweeps : Pass<"pde-lower-sweeps", "::mlir::ModuleOp"> {
  let summary = "Turn sweeps and steps into loops over vectors";
  let description = [{
    Needs the result of pde-form-sweeps. The program becomes the function `run`
    of the runtime's interface; each sweep a function over tiles: overlapped
    tiles that advance several steps in cache, rows at the boundary apart from
    the vector loop, a masked vector at its end.
  }];
  let options = [
    Option<"vectorBytes", "vector-bytes", "unsigned", "32",
           "width of a vector register">,
    Option<"tileBytes", "tile-bytes", "unsigned", "28672",
           "cache that a tile may use; most of a small first-level one">,
    Option<"maxSteps", "max-steps", "unsigned", "64",
           "most steps that a tile advances at once">];
  let dependentDialects = ["::mlir::arith::ArithDialect",
    "::mlir::func::FuncDialect", "::mlir::LLVM::LLVMDialect",
    "::mlir::math::MathDialect", "::mlir::scf::SCFDialect",
    "::mlir::vector::VectorDialect"];
}

#endif // PDEC_KERNEL_PASSES
