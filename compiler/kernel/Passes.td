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

def FlattenSteps : Pass<"pde-flatten-steps", "::mlir::ModuleOp"> {
  let summary = "Make one loop of loops that are nothing but a loop";
  let description = [{
    Needs the result of pde-form-sweeps. A loop whose body is another loop, as
    sweeps of a smoother over several colours are, becomes one loop of as many
    passes as both make together, whose bodies know from the number of the pass
    which they are: so a tile can take them all at once. Both counts must be
    known.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def FuseSweeps : Pass<"pde-fuse-sweeps", "::mlir::ModuleOp"> {
  let summary = "Make one sweep of several that follow each other";
  let description = [{
    Needs the result of pde-flatten-steps. A sweep of several axes that reads
    what another one of the same grid gives becomes part of it, if nothing
    between them needs the other's results: what only the two know of is never
    stored as a whole. So does one that restricts these to a coarser grid, and a
    loop of a few passes, as smoothers make them, if there is a sweep beside it
    to become part of. Sums keep their order.
  }];
  let options = [
    Option<"mostRows", "most-rows", "int64_t", "8",
           "how far around a cell a sweep may read at most that is made so">];
  let dependentDialects = ["::mlir::arith::ArithDialect"];
}

def SplitMaps : Pass<"pde-split-maps", "::mlir::ModuleOp"> {
  let summary = "Store parts of expressions of many stencils";
  let description = [{
    Needs the result of pde-form-sweeps. A map whose fields are made by so many
    stencils that a loop over them all would be large becomes several: each
    gives what the next goes on with, and is marked to be stored. Sums keep
    their order. Each stencil gets constants of its own. What is left are loops
    of which many do the same, with other fields and weights
    (pde-outline-stages).
  }];
  let options = [
    Option<"cost", "cost", "double", "32",
           "cost of the stencils that a part has at least">];
}

def PlanSweeps : Pass<"pde-plan-sweeps", "::mlir::ModuleOp"> {
  let summary = "Decide what sweeps store, and the shape of their tiles";
  let description = [{
    Needs the result of pde-form-sweeps. Says on each sweep, as attributes of
    the kernel dialect, which of its fields are kept in scratch memory, on which
    rows around a step's box they are computed, which rows are at the boundary,
    and how many cells and steps a tile has. A loop whose body is nothing but a
    sweep and scalars gets a sweep that computes these scalars itself, so that
    tiles can advance several steps.
  }];
  let options = [
    Option<"tileBytes", "tile-bytes", "unsigned", "28672",
           "cache that a tile of one axis may use; most of a small first-level "
           "one">,
    Option<"blockBytes", "block-bytes", "unsigned", "196608",
           "cache that a tile of several axes may use; a part of the "
           "second-level one">,
    Option<"wavefrontBytes", "wavefront-bytes", "unsigned", "458752",
           "second-level cache that a tile of several axes and steps may use">,
    Option<"maxSteps", "max-steps", "unsigned", "64",
           "most steps that a tile advances at once">,
    Option<"vectorBytes", "vector-bytes", "unsigned", "32",
           "width of a vector register">,
    Option<"tiles", "tiles", "std::string", "",
           "shapes that are not to be chosen, by rank: 64x256:8,1000">];
  let dependentDialects = ["::pdec::kernel::KernelDialect"];
}

def TileSweeps : Pass<"pde-tile-sweeps", "::mlir::ModuleOp"> {
  let summary = "Make a function of a sweep's tile, and call it";
  let description = [{
    Needs the result of pde-plan-sweeps. Each sweep becomes a `kernel.call` of a
    function that computes one tile: its box of cells, the boxes of what it
    keeps in scratch memory, and, where it takes several steps, the loop over
    them, for which it starts wider and shrinks. Sweeps that differ in names
    only share a function.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
    "::mlir::func::FuncDialect", "::mlir::LLVM::LLVMDialect",
    "::mlir::scf::SCFDialect", "::pdec::kernel::KernelDialect"];
}

def SplitBoundary : Pass<"pde-split-boundary", "::mlir::ModuleOp"> {
  let summary = "Split boxes into rows, and rows at the boundary rule";
  let description = [{
    Each `kernel.box` becomes loops over rows. Of a row, the cells whose
    stencils cross a side of its own axis are apart from the others, which are
    interior, or at the edge along another axis. A cell's operations are the
    same by each rule.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
    "::mlir::scf::SCFDialect", "::pdec::kernel::KernelDialect"];
}

def LowerRows : Pass<"pde-lower-rows", "::mlir::ModuleOp"> {
  let summary = "Turn rows into loops over vectors of cells";
  let description = [{
    Operations on fields become loads, arithmetic and stores. Interior cells are
    computed in whole vectors and one under a mask at the end, cells at sides
    one by one. Every sum has one order: no bit depends on which vector, or
    which rule, a cell is computed by.
  }];
  let options = [
    Option<"vectorBytes", "vector-bytes", "unsigned", "32",
           "width of a vector register">];
  let dependentDialects = ["::mlir::arith::ArithDialect",
    "::mlir::func::FuncDialect", "::mlir::LLVM::LLVMDialect",
    "::mlir::math::MathDialect", "::mlir::scf::SCFDialect",
    "::mlir::vector::VectorDialect"];
}

def LowerPrograms : Pass<"pde-lower-programs", "::mlir::ModuleOp"> {
  let summary = "Turn programs into functions that the runtime calls";
  let description = [{
    Needs the result of pde-tile-sweeps. The program becomes the function `run`
    of the runtime's interface, each `kernel.call` a call of the runtime with
    the tiles' function, which gets its arguments by a closure from now on.
    Loops allocate nothing: their fields change places.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
    "::mlir::func::FuncDialect", "::mlir::LLVM::LLVMDialect",
    "::mlir::scf::SCFDialect"];
}

def OutlineStages : Pass<"pde-outline-stages", "::mlir::ModuleOp"> {
  let summary = "Make functions of the stages of large programs";
  let description = [{
    pde-split-boundary puts each box of a tile in an `scf.execute_region`, which
    disappears in small programs. Where a sweep has many stages, or large ones, or a
    program many sweeps, each becomes a function of its own, and those that
    differ in their fields and constants only become one. Without it compilation
    takes LLVM time that grows with the square of the loops in a function, and
    works through the same code again and again. A call for each tile or block
    costs nothing.
  }];
  let options = [
    Option<"mostStages", "most-stages", "unsigned", "24",
           "stages that a function computes itself">,
    Option<"mostOperations", "most-operations", "unsigned", "3000",
           "operations that these stages have together">,
    Option<"mostSweeps", "most-sweeps", "unsigned", "48",
           "functions of sweeps that compute their stages themselves">];
  let dependentDialects = ["::mlir::func::FuncDialect",
    "::mlir::scf::SCFDialect"];
}

#endif // PDEC_KERNEL_PASSES
