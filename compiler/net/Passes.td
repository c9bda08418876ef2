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

def NetToPde : Pass<"net-to-pde", "::mlir::ModuleOp"> {
  let summary = "Raise a network to the scheme that it is";
  let description = [{
    The way back of pde-to-net, from layers alone: a padded conv is an operator
    with the pad's boundary rules, a conv_transpose with its fold an adjoint,
    with strides they lead between the grids of the module. Grids and rows
    follow from what tensors are made of. A network with a layer that no scheme
    has stays as it is, and the pass fails.
  }];
  let dependentDialects = ["::mlir::arith::ArithDialect",
                           "::pdec::pde::PdeDialect"];
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
