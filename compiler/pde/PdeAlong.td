//===- PdeAlong.td - sums along an axis ---------------------*- tablegen -*-===//
//
// Fields made of the lines of others along one axis, whole lines at a time.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PDE_ALONG
#define PDEC_PDE_ALONG

include "compiler/pde/AlongKind.td"
include "compiler/pde/PdeBase.td"

def Pde_AlongOp : Pde_Op<"along", [Pure,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a field made of the lines of another one along an axis";
  let description = [{
    `sum`, `min` and `max` make one cell of each line: their result lies on the
    grid that has one cell along the axis, and is else that of the field.
    `spread` is the transpose of `sum`: it leads back from there, and all cells
    of a line are what that cell is. `cumulate` makes of each cell the sum of
    the line's cells up to it, and `cumulate_back`, its transpose, the sum from
    it on.

    Sums are formed in f64, in the order of the cells from the first to the
    last, or, backwards, from the last to the first; each is rounded once. `min`
    and `max` are NaN if one of the cells is.

    Example:

    ```mlir
    %z = pde.along sum %lines axis 0 : <@Y, f64> -> <@Y.without, f64>
    %s = pde.along spread %z axis 0 : <@Y.without, f64> -> <@Y, f64>
    %c = pde.along cumulate %lines axis 0 : <@Y, f64> -> <@Y, f64>
    ```
  }];
  let arguments = (ins Pde_AlongKind:$kind, Pde_FieldType:$field,
      I64Attr:$axis);
  let results = (outs Pde_FieldType:$result);
  let assemblyFormat = [{
    $kind $field `axis` $axis attr-dict `:` type($field) `->` type($result)
  }];
}

#endif // PDEC_PDE_ALONG
