//===- Passes.td - the network way -------------------------*- tablegen -*-===//

#ifndef PDEC_NET_PASSES
#define PDEC_NET_PASSES

include "mlir/Pass/PassBase.td"

def PdeToNet : Pass<"pde-to-net", "::mlir::ModuleOp"> {
  let summary = "Turn a scheme into the network that it is";
  let description = [{
    Operators become pad and conv, their adjoints conv_transpose with the same
    weights and fold, maps activations or additive skips, steps repeated blocks.
    Every sum keeps the order that the pde dialect gave it.
  }];
  let dependentDialects = ["::pdec::net::NetDialect"];
}

def LowerLayers : Pass<"net-lower-layers", "::mlir::ModuleOp"> {
  let summary = "Execute a network layer by layer through the runtime";
  let options = [Option<"vectorBytes", "vector-bytes", "unsigned", "32",
                        "width of a vector register">];
  let dependentDialects = ["::mlir::arith::ArithDialect",
    "::mlir::func::FuncDialect", "::mlir::LLVM::LLVMDialect",
    "::mlir::scf::SCFDialect", "::mlir::vector::VectorDialect"];
}

#endif // PDEC_NET_PASSES
