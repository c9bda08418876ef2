//===- AlongKind.td - what is made of a line ----------------*- tablegen -*-===//

#ifndef PDEC_PDE_ALONGKIND
#define PDEC_PDE_ALONGKIND

include "mlir/IR/EnumAttr.td"

/// runtime/pde_runtime.h numbers them alike.
def Pde_AlongKind : I32EnumAttr<"AlongKind", "what is made of a line", [
    I32EnumAttrCase<"Sum", 0, "sum">,
    I32EnumAttrCase<"Min", 1, "min">,
    I32EnumAttrCase<"Max", 2, "max">,
    I32EnumAttrCase<"Cumulate", 3, "cumulate">,
    I32EnumAttrCase<"CumulateBack", 4, "cumulate_back">,
    I32EnumAttrCase<"Spread", 5, "spread">]> {
  let cppNamespace = "::pdec::pde";
}

#endif // PDEC_PDE_ALONGKIND
