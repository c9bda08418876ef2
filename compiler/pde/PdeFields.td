//===- PdeFields.td - fields, operators and numbers of fields -*- tablegen -*-===//

#ifndef PDEC_PDE_FIELDS
#define PDEC_PDE_FIELDS

include "compiler/pde/PdeBase.td"

def Pde_CoordinateOp : Pde_Op<"coordinate",
    [Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>,
     DeclareOpInterfaceMethods<Pde_FieldOpInterface>]> {
  let summary = "the field first + i*spacing along an axis, rounded once";
  let description = [{
    Example:

    ```mlir
    %x = pde.coordinate 0 first %half spacing %one : <@X, f64>
    ```
  }];
  let arguments = (ins I64Attr:$axis, F64:$first, F64:$spacing);
  let results = (outs Pde_FieldType:$field);
  let assemblyFormat = [{
    $axis `first` $first `spacing` $spacing attr-dict `:` type($field)
  }];
}

def Pde_NoiseOp : Pde_Op<"noise",
    [Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>,
     DeclareOpInterfaceMethods<Pde_FieldOpInterface>]> {
  let summary = "uniform noise in [-1, 1): a hash of the seed and the cell";
  let description = [{
    Example:

    ```mlir
    %r = pde.noise %seed : <@X, f64>
    ```
  }];
  let arguments = (ins I64:$seed);
  let results = (outs Pde_FieldType:$field);
  let assemblyFormat = "$seed attr-dict `:` type($field)";
  let hasVerifier = 1;
}

def Pde_StencilOp : Pde_Op<"stencil", [Pure, AttrSizedOperandSegments]> {
  let summary = "a linear operator, for apply and adjoint";
  let description = [{
    `(K u)[i] = scale * sum_m weight_m * u[i + offset_m]`. The sum runs in the
    order of the offsets, which ascend, and starts with its first product; a
    weight of 1 or -1 adds or subtracts the value itself; without a scale the
    sum is the result. Nothing is contracted.

    Example:

    ```mlir
    %k = pde.stencil [array<i64: -1>, array<i64: 1>] weights(%minus, %one)
        scale %half : <1>
    ```
  }];
  let arguments = (ins Pde_OffsetsAttr:$offsets, Variadic<F64>:$weights,
      Optional<F64>:$scale);
  let results = (outs Pde_StencilType:$stencil);
  let assemblyFormat = [{
    $offsets `weights` `(` $weights `)` (`scale` $scale^)? attr-dict `:`
    type($stencil)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// Offset of tap m along an axis.
    int64_t offset(unsigned tap, unsigned axis);
    /// The least and greatest offset along an axis.
    std::pair<int64_t, int64_t> span(unsigned axis);
  }];
}

/// `asked` are questions of FieldOpInterface that its own code answers.
class Pde_ApplicationOp<string name, list<string> asked,
    list<Trait> traits = []> : Pde_Op<name, [Pure,
      DeclareOpInterfaceMethods<SymbolUserOpInterface>,
      DeclareOpInterfaceMethods<Pde_FieldOpInterface,
        ["isPointwise", "getReadsPerRow"] # asked>] # traits> {
  let results = (outs Pde_FieldType:$result);
  let extraClassDeclaration = [{
    /// The operator that it applies. The module has been verified.
    StencilOp getOperator();
  }];
  let extraClassDefinition = [{
    StencilOp $cppClass::getOperator() {
      return getStencil().getDefiningOp<StencilOp>();
    }
    bool $cppClass::isPointwise() { return false; }
    unsigned $cppClass::getReadsPerRow() {
      return getOperator().getOffsets().size();
    }
    double $cppClass::getCost() { return 1.5 * getReadsPerRow(); }
  }];
}

class Pde_SidedOp<string name, list<string> asked> : Pde_ApplicationOp<name,
    ["getReach", "getReachAtSides"] # asked,
    [DeclareOpInterfaceMethods<Pde_SidedOpInterface>]> {
  let hasFolder = 1;
}

def Pde_ApplyOp : Pde_SidedOp<"apply", ["getArguments"]> {
  let summary = "K u, u continued by a boundary rule at each side";
  let description = [{
    `sides` names the rule of each side; without it, they are those of the
    grid's axes. compiler/support/Boundary.def says what lies beyond a side by
    each rule. A rule acts beyond the rows that u has: where u has extra rows,
    they are all that the taps reach. Sides are crossed axis by axis, the first
    axis first: where several are crossed, a later axis continues what the
    earlier ones gave.

    `outside` holds what the sides need, in the order low, high of each axis. A
    dirichlet or neumann side has its value E. At a robin side come the weight
    and the factor of each distance before it, `w_1, c_1, ..., w_m, c_m, E`, at
    an extrapolated one two weights and the factor, `p_1, q_1, c_1, ..., p_m,
    q_m, c_m, E`; m is how far the taps reach beyond u's rows from the outermost
    row of the result. Weights and factors are rounded to the element type where
    they are used. E is a number, whose product with its factor is formed in f64
    and rounded once, or a field, which is multiplied by the rounded factor.

    A field E is read at its own place: along its side's axis in the nearest
    cell inside, along others at the position itself, or in the nearest row that
    E has, if it lies beyond E's rows. Beyond a reflecting side it is read at
    the mirror image, around a circle in the cell that the position is.

    The result may have more rows than the stencil asks for, at any side that is
    not periodic: the components of a vector operator live on the rows of all of
    them, and with the identity u itself goes on beyond its sides.

    Example:

    ```mlir
    %d = pde.apply %k, %u outside(%left : f64) sides
        [#pde.sides<dirichlet, reflecting>] : <1>, <@X, f64> -> <@X, f64, [1], [0]>
    ```
  }];
  let arguments = (ins Pde_StencilType:$stencil, Pde_FieldType:$field,
      Variadic<AnyTypeOf<[F64, Pde_FieldType]>>:$outside,
      OptionalAttr<Pde_SidesArrayAttr>:$sides);
  let assemblyFormat = [{
    $stencil `,` $field (`outside` `(` $outside^ `:` type($outside) `)`)?
    (`sides` $sides^)? attr-dict `:` type($stencil) `,` type($field) `->`
    type($result)
  }];
  let builders = [OpBuilder<(ins "FieldType":$result, "::mlir::Value":$stencil,
      "::mlir::Value":$field, "::mlir::ValueRange":$outside), [{
    build($_builder, $_state, result, stencil, field, outside,
          ::mlir::ArrayAttr());
  }]>];
}

def Pde_AdjointOp : Pde_SidedOp<"adjoint", ["getFoldedRows"]> {
  let summary = "K' p: the exact transpose of apply's linear part";
  let description = [{
    `(K' p)[j]` is the sum of `weight_m * p[j - offset_m]` over ascending
    positions in p, p zero outside its rows, times scale. The same sums at
    positions beyond a side are then added to the cells that these positions are
    made of, in ascending order and times the weights there, where the side's
    rule has any; at a periodic one p is continued periodically. On several axes
    the positions beyond are all that the taps' bounding box reaches, in
    ascending lexicographic order, the cell's own sum first; where several sides
    are crossed, the last axis' weight comes first.

    Where the result has extra rows, `apply` reads them of its field and no rule
    acts: they are all that the transpose reaches at that side, each is a sum
    like any other, and nothing is added to it for that side. More rows than
    these are sums of zeros.

    `weights` holds, in the order low, high of each axis, `w_1, ..., w_m` for
    robin sides and `p_1, q_1, ..., p_m, q_m` for extrapolated ones; m is how
    many positions beyond that side there are, none where the result has extra
    rows.

    Example:

    ```mlir
    %a = pde.adjoint %k, %p : <1>, <@X, f64, [1], [0]> -> <@X, f64>
    %b = pde.adjoint %k, %p : <1>, <@X, f64, [1], [0]> -> <@X, f64, [1], [1]>
    ```
  }];
  let arguments = (ins Pde_StencilType:$stencil, Pde_FieldType:$field,
      Variadic<F64>:$weights, OptionalAttr<Pde_SidesArrayAttr>:$sides);
  let assemblyFormat = [{
    $stencil `,` $field (`weights` `(` $weights^ `)`)? (`sides` $sides^)?
    attr-dict `:` type($stencil) `,` type($field) `->` type($result)
  }];
  let builders = [OpBuilder<(ins "FieldType":$result, "::mlir::Value":$stencil,
      "::mlir::Value":$field), [{
    build($_builder, $_state, result, stencil, field, ::mlir::ValueRange(),
          ::mlir::ArrayAttr());
  }]>];
}

def Pde_RestrictOp : Pde_ApplicationOp<"restrict", ["isTransfer"]> {
  let summary = "R u, on the coarser grid: a stencil with stride two";
  let description = [{
    `(R u)[i] = scale * sum_m weight_m * u[2i + offset_m]` (i instead of 2i
    along `same` axes), summed as in `apply`; u is continued periodically, and
    is zero beyond any other side.

    Example:

    ```mlir
    %c = pde.restrict %r, %u : <1>, <@X, f64> -> <@X.1, f64>
    ```
  }];
  let arguments = (ins Pde_StencilType:$stencil, Pde_FieldType:$field);
  let assemblyFormat = [{
    $stencil `,` $field attr-dict `:` type($stencil) `,` type($field) `->`
    type($result)
  }];
}

def Pde_ProlongOp : Pde_ApplicationOp<"prolong", ["isTransfer"]> {
  let summary = "R' e, on the finer grid: the exact transpose of restrict";
  let description = [{
    `(R' e)[j] = scale * sum weight_m * e[(j - offset_m)/2]` over the taps for
    which the quotient is whole and e has that cell (around the circle on
    periodic axes), from the last tap to the first; the sum of nothing is zero.

    Example:

    ```mlir
    %f = pde.prolong %r, %e : <1>, <@X.1, f64> -> <@X, f64>
    ```
  }];
  let arguments = (ins Pde_StencilType:$stencil, Pde_FieldType:$field);
  let assemblyFormat = [{
    $stencil `,` $field attr-dict `:` type($stencil) `,` type($field) `->`
    type($result)
  }];
}

def Pde_ReduceOp : Pde_Op<"reduce", [Pure]> {
  let summary = "a number of all elements of a field";
  let description = [{
    Computed in f64 from the elements, in an order that depends on their number
    only. `dot` takes two fields, the others one. `min`, `max` and
    `max_abs` are NaN if any element is.

    Example:

    ```mlir
    %s = pde.reduce dot %u, %v : !pde.field<@X, f64>, !pde.field<@X, f64>
    ```
  }];
  let arguments = (ins Pde_ReductionAttr:$kind, Variadic<Pde_FieldType>:$fields);
  let results = (outs F64:$result);
  let assemblyFormat = "$kind $fields attr-dict `:` type($fields)";
  let hasVerifier = 1;
}

def Pde_EntryOp : Pde_Op<"entry", [Pure]> {
  let summary = "a number of an array, in f64";
  let description = [{
    `array` lies on a grid of one axis. The indices count from 0, each within
    its extent, which a run makes sure of; the last one is the fastest.

    Example:

    ```mlir
    %w = pde.entry %W[%n, %seed] of [3, 25] : <@W, f64>
    ```
  }];
  let arguments = (ins Pde_FieldType:$array, Variadic<I64>:$indices,
      DenseI64ArrayAttr:$extents);
  let results = (outs F64:$result);
  let assemblyFormat = [{
    $array `[` $indices `]` `of` $extents attr-dict `:` type($array)
  }];
  let hasVerifier = 1;
}

def Pde_RateOp : Pde_Op<"rate", [Pure, SingleBlock]> {
  let summary = "how fast a right-hand side R changes fields, at most";
  let description = [{
    The region is R(u), where u is one field or several, which are one vector
    here: it takes each and yields its change. For `norm` the number r is such
    that R(u) = -A(u) u with symmetric matrices A(u) whose eigenvalues lie in
    [0, r], whatever u is. For `slowest` and `fastest` it is the end of an
    interval in which the eigenvalues of all such matrices lie that take
    differences of two values of u to those of -R. `pde-evaluate-rates` proves it and makes arithmetic of it, which
    depends on parameters and sizes of grids; where it cannot, the program is
    refused.

    Example:

    ```mlir
    %r = pde.rate norm of (%w : !pde.field<@X, f64>) {
      %c = pde.apply %k, %w : <1>, <@X, f64> -> <@X, f64>
      pde.yield %c : !pde.field<@X, f64>
    }
    ```
  }];
  let arguments = (ins Pde_RateKindAttr:$kind);
  let regions = (region SizedRegion<1>:$body);
  let results = (outs F64:$result);
  let hasCustomAssemblyFormat = 1;
  let hasRegionVerifier = 1;
}

def Pde_MapOp : Pde_Op<"map",
    [Pure, SingleBlock, DeclareOpInterfaceMethods<SymbolUserOpInterface>,
     DeclareOpInterfaceMethods<Pde_FieldOpInterface>]> {
  let summary = "a pointwise function of fields";
  let description = [{
    The region computes one cell from the same cell of each operand, in the
    element type; it may use scalars from outside. Rows that not all operands
    have are left out.

    Example:

    ```mlir
    %w = pde.map (%a = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %b = arith.mulf %a, %tau : f64
      pde.yield %b : f64
    }
    ```
  }];
  let arguments = (ins Variadic<Pde_FieldType>:$fields);
  let regions = (region SizedRegion<1>:$body);
  let results = (outs Pde_FieldType:$result);
  let hasCustomAssemblyFormat = 1;
  let hasRegionVerifier = 1;
}

#endif // PDEC_PDE_FIELDS
