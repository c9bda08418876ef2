//===- Passes.td - the kernel way --------------------------*- tablegen -*-===//

#ifndef PDEC_KERNEL_PASSES
#define PDEC_KERNEL_PASSES

include "mlir/Pass/PassBase.td"

def FormSweeps : Pass<"pde-form-sweeps", "::mlir::ModuleOp"> {
  let summary = "Gather field operations into sweeps over memory";
  let description = [{
    Whatever must be stored (a step's new levels, an output, an input's default,
    a loop's first levels, what is reduced to a number, what another grid reads)
    is computed by one `pde.sweep` with all operators and maps that it needs,
    down to stored fields. A value that will have to be stored as well is, by
    the first sweep that computes it. Maps and operators outside of sweeps are
    gone afterwards.
  }];
  let dependentDialects = ["::pdec::pde::PdeDialect"];
}

def LowerSweeps : Pass<"pde-lower-sweeps", "::mlir::ModuleOp"> {
  let summary = "Turn sweeps and steps into loops over vectors";
  let description = [{
    Needs the result of pde-form-sweeps. The program becomes the function `run`
    of the runtime's interface. On a grid of one axis a sweep becomes a function
    over overlapped tiles that advance several steps in cache; on others one
    over blocks, which takes a single step. Cells at the boundary are apart from
    the vector loop, and a masked vector is at its end. Sweeps that differ in
    names only share a function. Loops allocate nothing: their fields change
    places.
  }];
  let options = [
    Option<"vectorBytes", "vector-bytes", "unsigned", "32",
           "width of a vector register">,
    Option<"tileBytes", "tile-bytes", "unsigned", "28672",
           "cache that a tile may use; most of a small first-level one">,
    Option<"blockBytes", "block-bytes", "unsigned", "196608",
           "cache that a block of several axes may use; a part of the "
           "second-level one">,
    Option<"maxSteps", "max-steps", "unsigned", "64",
           "most steps that a tile advances at once">];
  let dependentDialects = ["::mlir::arith::ArithDialect",
    "::mlir::func::FuncDialect", "::mlir::LLVM::LLVMDialect",
    "::mlir::math::MathDialect", "::mlir::scf::SCFDialect",
    "::mlir::vector::VectorDialect"];
}

def OutlineStages : Pass<"pde-outline-stages", "::mlir::ModuleOp"> {
  let summary = "Make functions of the stages of large programs";
  let description = [{
    pde-lower-sweeps puts each stage of a sweep in an `scf.execute_region`,
    which disappears in small programs. Where a sweep has many stages, or a
    program many sweeps, each becomes a function of its own, and those that
    differ in their fields and constants only become one. Without it compilation
    takes LLVM time that grows with the square of the loops in a function, and
    works through the same code again and again. A call for each tile or block
    costs nothing.
  }];
  let dependentDialects = ["::mlir::func::FuncDialect",
    "::mlir::scf::SCFDialect"];
}

#endif // PDEC_KERNEL_PASSES
