//===- NetAlong.td - layers along an axis -------------------*- tablegen -*-===//

#ifndef PDEC_NET_ALONG
#define PDEC_NET_ALONG

include "compiler/net/NetDialect.td"
include "compiler/pde/AlongKind.td"

def Net_AlongOp : Net_Op<"along", [Pure,
    AllTypesMatch<["x", "result"]>]> {
  let summary = "a tensor made of the lines of another one along an axis";
  let description = [{
    As `pde.along`. `sum`, `min` and `max` pool whole lines; `spread` makes as
    many cells of one as it is told.

    Example:

    ```mlir
    %z = net.along sum %x axis 0 : tensor<?xf64>
    %s = net.along spread %z axis 0 to %n : tensor<?xf64>
    ```
  }];
  let arguments = (ins Pde_AlongKind:$kind, Net_Tensor:$x, I64Attr:$axis,
      Optional<I64>:$size);
  let results = (outs Net_Tensor:$result);
  let assemblyFormat = [{
    $kind $x `axis` $axis (`to` $size^)? attr-dict `:` type($result)
  }];
  let hasVerifier = 1;
}

#endif // PDEC_NET_ALONG
