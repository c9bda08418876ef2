//===- Offsets.td - where the taps of an operator lie ------*- tablegen -*-===//
//
// The offsets of pde.stencil and of net.weights; checkOffsets (Checks.h) has
// the rest of what holds for them.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PDE_OFFSETS
#define PDEC_PDE_OFFSETS

include "mlir/IR/CommonAttrConstraints.td"

def Pde_OffsetsAttr : TypedArrayAttrBase<DenseI64ArrayAttr,
    "the offset of each tap, array<i64: ...>">;

#endif // PDEC_PDE_OFFSETS
