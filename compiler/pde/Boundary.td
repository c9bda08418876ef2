//===- Boundary.td - the rules of boundaries, for attributes -*- tablegen -*-===//
//
// The enumeration of compiler/support/Boundary.def, which says what the rules
// mean; PdeDialect.cpp checks that both agree.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PDE_BOUNDARY
#define PDEC_PDE_BOUNDARY

include "mlir/IR/EnumAttr.td"

def Pde_Boundary : I32EnumAttr<"Boundary", "how a field continues past a side", [
    I32EnumAttrCase<"Reflecting", 0, "reflecting">,
    I32EnumAttrCase<"Periodic", 1, "periodic">,
    I32EnumAttrCase<"Dirichlet", 2, "dirichlet">,
    I32EnumAttrCase<"Neumann", 3, "neumann">,
    I32EnumAttrCase<"Robin", 4, "robin">,
    I32EnumAttrCase<"Extrapolated", 5, "extrapolated">]> {
  let cppNamespace = "::pdec::pde";
  let genSpecializedAttr = 0;
}

#endif // PDEC_PDE_BOUNDARY
