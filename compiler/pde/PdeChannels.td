//===- PdeChannels.td - lists of fields and arrays of weights -*- tablegen -*-===//
//
// Operators between lists of fields whose weights are an array: what they cost
// lies in memory, not in code. They know no rules at sides: `pde.apply` of the
// identity continues a field, `pde.adjoint` of it leads back.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PDE_CHANNELS
#define PDEC_PDE_CHANNELS

include "compiler/pde/PdeResults.td"

class Pde_ChannelsOp<string name> : Pde_Op<name, [Pure,
    AttrSizedOperandSegments,
    DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let hasVerifier = 1;
}

def Pde_ConvolveOp : Pde_ChannelsOp<"convolve"> {
  let summary = "fields made of fields by an array of weights";
  let description = [{
    The last extents of the array are `[out, in, taps of each axis]`; `indices`
    choose one such block of it. From `in` fields u it makes `out` fields

    `y_o[p] = sum_i sum_m W[o, i, m] * u_i[p + first + m]`,

    or, `transposed`, from `out` fields y it makes `in` fields

    `u_i[j] = sum_o sum_m W[o, i, m] * y_o[j - first - m]`,

    where y is zero beyond its rows, and these zeros are part of the sum. Either
    way fields of a list run outermost, and within each the positions that are
    read ascend. The sum starts with its first product; all others are added by
    a fused multiplication and addition in the element type, rounded once.

    Along an axis that is not periodic u has all rows that the taps reach from
    those of y, so none lies beyond its sides. Around a circle both are
    continued.

    Example:

    ```mlir
    %y:3 = pde.convolve %W[%seed] of [5, 3, 1, 5] from [-2] (%wide) : <@W, f64>,
        (!pde.field<@X, f64, [2], [2]>)
        -> (!pde.field<@X, f64>, !pde.field<@X, f64>, !pde.field<@X, f64>)
    %z = pde.convolve transposed %W[%seed] of [5, 3, 1, 5] from [-2]
        (%y#0, %y#1, %y#2) : <@W, f64>,
        (!pde.field<@X, f64>, !pde.field<@X, f64>, !pde.field<@X, f64>)
        -> !pde.field<@X, f64, [2], [2]>
    ```
  }];
  let arguments = (ins UnitAttr:$transposed, Pde_FieldType:$weights,
      Variadic<I64>:$indices, DenseI64ArrayAttr:$extents,
      DenseI64ArrayAttr:$first, Variadic<Pde_FieldType>:$fields);
  let results = (outs Variadic<Pde_FieldType>:$results);
  let assemblyFormat = [{
    (`transposed` $transposed^)? $weights `[` $indices `]` `of` $extents `from`
    $first `(` $fields `)` attr-dict `:` type($weights) `,`
    functional-type($fields, $results)
  }];
}

def Pde_CorrelateOp : Pde_ChannelsOp<"correlate"> {
  let summary = "an array of weights made of fields: convolve's other transpose";
  let description = [{
    In the block that `indices` choose, the array is

    `G[o, i, m] = sum_p y_o[p] * u_i[p + first + m]`,

    and zero elsewhere: the derivative of `sum_o <y_o, convolve(W, u)_o>` with
    respect to W. Fields have rows as those of `convolve`. Products are added by
    fused multiplications and additions in f64: p runs over all rows, the last
    axis innermost, into eight sums by the position in the row modulo eight;
    then sum k and k + 4 are added, of these k and k + 2, of these both.

    Example:

    ```mlir
    %g = pde.correlate (%f, %u, %v) with (%wide) at [%seed] of [5, 3, 1, 5]
        from [-2] : (!pde.field<@X, f64>, !pde.field<@X, f64>,
        !pde.field<@X, f64>), (!pde.field<@X, f64, [2], [2]>) -> <@W, f64>
    ```
  }];
  let arguments = (ins Variadic<Pde_FieldType>:$factors,
      Variadic<Pde_FieldType>:$fields, Variadic<I64>:$indices,
      DenseI64ArrayAttr:$extents, DenseI64ArrayAttr:$first);
  let results = (outs Pde_FieldType:$result);
  let assemblyFormat = [{
    `(` $factors `)` `with` `(` $fields `)` `at` `[` $indices `]` `of` $extents
    `from` $first attr-dict `:` `(` type($factors) `)` `,` `(` type($fields) `)`
    `->` type($result)
  }];
}

#endif // PDEC_PDE_CHANNELS
