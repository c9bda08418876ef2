//===- NetChannels.td - layers of many channels ------------*- tablegen -*-===//
//
// Convolutions between lists of tensors: what others call the channels of one.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_NET_CHANNELS
#define PDEC_NET_CHANNELS

include "compiler/net/NetDialect.td"

class Net_ChannelsOp<string name>
    : Net_Op<name, [Pure, AttrSizedOperandSegments]> {
  let hasVerifier = 1;
}

def Net_ConvolveOp : Net_ChannelsOp<"convolve"> {
  let summary = "valid correlation between channels, or its full transpose";
  let description = [{
    As `pde.convolve`; `first` is the offset of the first tap, which tells a
    scheme where the cells of the result lie.

    Example:

    ```mlir
    %z:3 = net.convolve %W[%seed] of [5, 3, 1, 5] from [-2] (%x) :
        tensor<?xf64>, (tensor<?xf64>)
        -> (tensor<?xf64>, tensor<?xf64>, tensor<?xf64>)
    %t = net.convolve transposed %W[%seed] of [5, 3, 1, 5] from [-2]
        (%z#0, %z#1, %z#2) : tensor<?xf64>,
        (tensor<?xf64>, tensor<?xf64>, tensor<?xf64>) -> tensor<?xf64>
    ```
  }];
  let arguments = (ins UnitAttr:$transposed, Net_Tensor:$weights,
      Variadic<I64>:$indices, DenseI64ArrayAttr:$extents,
      DenseI64ArrayAttr:$first, Variadic<Net_Tensor>:$xs);
  let results = (outs Variadic<Net_Tensor>:$results);
  let assemblyFormat = [{
    (`transposed` $transposed^)? $weights `[` $indices `]` `of` $extents `from`
    $first `(` $xs `)` attr-dict `:` type($weights) `,`
    functional-type($xs, $results)
  }];
}

def Net_CorrelateOp : Net_ChannelsOp<"correlate"> {
  let summary = "what backpropagation makes of weights between channels";
  let description = [{
    As `pde.correlate`, an array that lies on a grid.

    Example:

    ```mlir
    %z = net.correlate on @W (%y, %y, %y) with (%x) at [%seed]
        of [5, 3, 1, 5] from [-2] : (tensor<?xf64>, tensor<?xf64>, tensor<?xf64>),
        (tensor<?xf64>) -> tensor<?xf64>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$grid, Variadic<Net_Tensor>:$ys, Variadic<Net_Tensor>:$xs,
      Variadic<I64>:$indices, DenseI64ArrayAttr:$extents,
      DenseI64ArrayAttr:$first);
  let results = (outs Net_Tensor:$result);
  let assemblyFormat = [{
    `on` $grid `(` $ys `)` `with` `(` $xs `)` `at` `[` $indices `]` `of` $extents
    `from` $first attr-dict `:` `(` type($ys) `)` `,` `(` type($xs) `)` `->`
    type($result)
  }];
}

#endif // PDEC_NET_CHANNELS
