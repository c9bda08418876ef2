//===- Passes.td - rewriting schemes -----------------------*- tablegen -*-===//

#ifndef PDEC_PDE_PASSES
#define PDEC_PDE_PASSES

include "mlir/Pass/PassBase.td"

def DropUnread : Pass<"pde-drop-unread"> {
  let summary = "Leave out carried values that nothing reads";
  let description = [{
    A value that a loop carries is read if its result is, or if it is used on
    the way to one that is read, to the condition that ends the loop, or to an
    operation that may fail the run. The others go, with what makes them.
  }];
}

def FormRsqrt : Pass<"pde-form-rsqrt"> {
  let summary = "Divide by a square root by multiplying with its reciprocal";
  let description = [{
    In maps, `a / sqrt(x)` becomes `a * rsqrt(x)` if quotients are all that
    needs the root: the root and the quotient of
    fluxes such as Charbonnier's keep a processor's divider busy for most of a
    step. The result is within 1.5 units in the last place, where the two
    operations are within 1. It must happen here, before the ways part, so that
    both forms have the same bits.
  }];
  let dependentDialects = ["::mlir::math::MathDialect"];
}

def MergeMaps : Pass<"pde-merge-maps"> {
  let summary = "Make one map of maps of which one is all that reads the other";
  let description = [{
    A network has a layer for each sum and multiple. As maps of their own they
    would each be planned for; so those that only one map of the same block
    reads, once, become part of it. A field that a map reads twice becomes one
    operand.
  }];
}

#endif // PDEC_PDE_PASSES
