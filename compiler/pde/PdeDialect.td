//===- PdeDialect.td - fields, stencils, steps -------------*- tablegen -*-===//
//
// The pde dialect says what a discretised PDE computes: fields on grids,
// linear operators with their adjoints, pointwise regions and time steps. It
// fixes every evaluation order; both lowerings keep it. docs/pde-dialect.md
// gives the reasons.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PDE_DIALECT
#define PDEC_PDE_DIALECT

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/LoopLikeInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "compiler/pde/Boundary.td"
include "compiler/pde/FieldOpInterface.td"
include "compiler/pde/Offsets.td"
include "compiler/pde/ProgramOpInterfaces.td"

def Pde_Dialect : Dialect {
  let name = "pde";
  let cppNamespace = "::pdec::pde";
  let summary = "Discretised PDEs: fields, stencils and their adjoints, steps";
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
}

//===----------------------------------------------------------------------===//
// Types and attributes
//===----------------------------------------------------------------------===//

class Pde_Type<string name, string keyword> : TypeDef<Pde_Dialect, name> {
  let mnemonic = keyword;
}

def Pde_FieldType : Pde_Type<"Field", "field"> {
  let summary = "values at the cells of a grid";
  let description = [{
    `!pde.field<@X, f64>` has one element for each cell of grid `@X`. Fields may
    go on beyond sides that are not periodic: a difference at a dirichlet side
    also lives on the boundary face. The type, `!pde.field<@X, f64, [1], [0]>`,
    tells how many rows there are below cell 0 and beyond the last cell of each
    axis.
  }];
  let parameters = (ins "::mlir::FlatSymbolRefAttr":$grid,
      "::mlir::Type":$element,
      OptionalArrayRefParameter<"int64_t">:$low,
      OptionalArrayRefParameter<"int64_t">:$high);
  let assemblyFormat = [{
    `<` $grid `,` $element (`,` `[` $low^ `]` `,` `[` $high `]`)? `>`
  }];
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// Rows below cell 0 (beyond the last cell) of an axis.
    int64_t lowRows(unsigned axis) const;
    int64_t highRows(unsigned axis) const;
    bool hasExtraRows() const { return !getLow().empty(); }
    /// Whether its rows are counted along so many axes, if at all.
    bool fitsRank(unsigned rank) const {
      return getLow().empty() || getLow().size() == rank;
    }
    /// The type with these extra rows; all zeros are dropped.
    FieldType withRows(::llvm::ArrayRef<int64_t> low,
                       ::llvm::ArrayRef<int64_t> high) const;
  }];
}

def Pde_StencilType : Pde_Type<"Stencil", "stencil"> {
  let summary = "a linear operator: offsets and weights";
  let parameters = (ins "unsigned":$rank);
  let assemblyFormat = "`<` $rank `>`";
}

def Pde_Reduction : I32EnumAttr<"Reduction", "how a field becomes a number", [
    I32EnumAttrCase<"Sum", 0, "sum">,
    I32EnumAttrCase<"Dot", 1, "dot">,
    I32EnumAttrCase<"Min", 2, "min">,
    I32EnumAttrCase<"Max", 3, "max">,
    I32EnumAttrCase<"MaxAbs", 4, "max_abs">]> {
  let cppNamespace = "::pdec::pde";
  let genSpecializedAttr = 0;
}
def Pde_ReductionAttr : EnumAttr<Pde_Dialect, Pde_Reduction, "reduction">;

def Pde_RateKind : I32EnumAttr<"RateKind", "what of the rates is asked for", [
    I32EnumAttrCase<"Norm", 0, "norm">,
    I32EnumAttrCase<"Slowest", 1, "slowest">,
    I32EnumAttrCase<"Fastest", 2, "fastest">]> {
  let cppNamespace = "::pdec::pde";
  let genSpecializedAttr = 0;
}
def Pde_RateKindAttr : EnumAttr<Pde_Dialect, Pde_RateKind, "rate_kind">;

def Pde_Coarsening : I32EnumAttr<"Coarsening",
    "which cells of a finer grid a coarser one has", [
    I32EnumAttrCase<"Vertex", 0, "vertex">,
    I32EnumAttrCase<"Cell", 1, "cell">,
    I32EnumAttrCase<"Same", 2, "same">]> {
  let cppNamespace = "::pdec::pde";
  let genSpecializedAttr = 0;
}

def Pde_AxisAttr : AttrDef<Pde_Dialect, "Axis"> {
  let mnemonic = "axis";
  let summary = "one axis of a grid: name, boundary rules, size without input";
  let description = [{
    `coarsening` matters on grids that coarsen another: along a `vertex` axis
    they have (N - 1)/2 of its N cells, along a `cell` axis N/2, along a `same`
    one all.
  }];
  let parameters = (ins StringRefParameter<"name">:$name,
      EnumParameter<Pde_Boundary>:$low, EnumParameter<Pde_Boundary>:$high,
      DefaultValuedParameter<"int64_t", "0">:$size,
      DefaultValuedParameter<"Coarsening", "Coarsening::Same">:$coarsening);
  let assemblyFormat = [{
    `<` $name `:` $low `,` $high (`,` $size^)? (`coarsened` `by` $coarsening^)?
    `>`
  }];
}
def Pde_SidesAttr : AttrDef<Pde_Dialect, "Sides"> {
  let mnemonic = "sides";
  let summary = "the boundary rules of an application along one axis";
  let parameters = (ins EnumParameter<Pde_Boundary>:$low,
      EnumParameter<Pde_Boundary>:$high);
  let assemblyFormat = "`<` $low `,` $high `>`";
}
def Pde_SidesArrayAttr : TypedArrayAttrBase<Pde_SidesAttr,
    "the boundary rules of each axis">;

def Pde_AxisArrayAttr : TypedArrayAttrBase<Pde_AxisAttr, "the axes of a grid">;

def Pde_Scalar : AnyTypeOf<[F64, I64, I1], "a scalar">;
def Pde_Carried : AnyTypeOf<[Pde_FieldType, Pde_Scalar]>;
// Scalars for cells have been rounded already.
def Pde_SweepOperand : AnyTypeOf<[Pde_FieldType, Pde_Scalar, F32]>;

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

class Pde_Op<string name, list<Trait> traits = []>
    : Op<Pde_Dialect, name, traits>;

def Pde_GridOp : Pde_Op<"grid", [Symbol]> {
  let summary = "a grid of cells, maybe a coarser version of another";
  let description = [{
    Example:

    ```mlir
    pde.grid @X [#pde.axis<"x" : dirichlet, reflecting, 100>]
    pde.grid @X.1 [#pde.axis<"x" : dirichlet, reflecting coarsened by vertex>]
        coarsens @X
    ```

    A grid of one axis may be that of a parameter array with these extents: its
    cells are the entries, the last index fastest.

    ```mlir
    pde.grid @W [#pde.axis<"entry" : periodic, periodic, 75>] array [3, 5, 5]
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, Pde_AxisArrayAttr:$axes,
      OptionalAttr<FlatSymbolRefAttr>:$parent,
      OptionalAttr<DenseI64ArrayAttr>:$extents);
  let assemblyFormat = [{
    $sym_name $axes (`coarsens` $parent^)? (`array` $extents^)? attr-dict
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    unsigned rank() { return getAxes().size(); }
    AxisAttr axis(unsigned i) {
      return ::llvm::cast<AxisAttr>(getAxes()[i]);
    }
  }];
}

def Pde_ProgramOp : Pde_Op<"program",
    [Symbol, IsolatedFromAbove, NoTerminator, SingleBlock]> {
  let summary = "a script: what it reads, computes and hands over";
  let description = [{
    Example:

    ```mlir
    pde.program @copy {
      %f = pde.input "f" -> <@X, f64>
      pde.output "u" %f : <@X, f64>
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name attr-dict-with-keyword $body";
  let hasRegionVerifier = 1;
}

def Pde_ParamOp : Pde_Op<"param"> {
  let summary = "a run-time parameter";
  let description = [{
    Its initial value and its legal interval; an absent bound means none.

    Example:

    ```mlir
    %tau = pde.param "tau" = 0.25 : f64
        {low = 0.0 : f64, lowOpen, high = 0.5 : f64} : f64
    ```
  }];
  let arguments = (ins StrAttr:$name, TypedAttrInterface:$initial,
      OptionalAttr<F64Attr>:$low, OptionalAttr<F64Attr>:$high,
      UnitAttr:$lowOpen, UnitAttr:$highOpen);
  let results = (outs AnyTypeOf<[F64, I64]>:$value);
  let assemblyFormat = "$name `=` $initial attr-dict `:` type($value)";
  let hasVerifier = 1;
}

def Pde_SizeOp : Pde_Op<"size",
    [Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "the number of cells of a grid along an axis";
  let description = [{
    Example:

    ```mlir
    %n = pde.size @X[0]
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$grid, I64Attr:$axis);
  let results = (outs I64:$size);
  let assemblyFormat = "$grid `[` $axis `]` attr-dict";
}

def Pde_AxisOp : Pde_Op<"axis",
    [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "where the cells of an axis lie: first + i*spacing";
  let description = [{
    Example:

    ```mlir
    pde.axis @X[0] first %half spacing %one
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$grid, I64Attr:$axis, F64:$first,
      F64:$spacing);
  let assemblyFormat = [{
    $grid `[` $axis `]` `first` $first `spacing` $spacing attr-dict
  }];
}

def Pde_InputOp : Pde_Op<"input",
    [DeclareOpInterfaceMethods<SymbolUserOpInterface>,
     Pde_InputOpInterface]> {
  let summary = "a field that the user hands over, or its default";
  let description = [{
    The default is computed only when no data are given. On the grid of an array
    it is a parameter array, whose entries may have a legal interval; an absent
    bound means none.

    Example:

    ```mlir
    %f = pde.input "f" default %zero : !pde.field<@X, f64> -> <@X, f64>
    ```
  }];
  let arguments = (ins StrAttr:$name, Optional<Pde_FieldType>:$initial,
      OptionalAttr<F64Attr>:$low, OptionalAttr<F64Attr>:$high,
      UnitAttr:$lowOpen, UnitAttr:$highOpen);
  let results = (outs Pde_FieldType:$field);
  let assemblyFormat = [{
    $name (`default` $initial^ `:` type($initial))? attr-dict `->` type($field)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = "bool hasDefault() { return !!getInitial(); }";
}

def Pde_OutputOp : Pde_Op<"output", [Pde_OutputOpInterface]> {
  let summary = "a field handed back to the user";
  let description = [{
    Example:

    ```mlir
    pde.output "u" %u : <@X, f64>
    ```
  }];
  let arguments = (ins StrAttr:$name, Pde_FieldType:$field);
  let assemblyFormat = "$name $field attr-dict `:` type($field)";
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

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
  let summary = "how fast a right-hand side R changes a field, at most";
  let description = [{
    The region is R(u). For `norm` the number r is such that R(u) = -A(u) u with
    symmetric matrices A(u) whose eigenvalues lie in [0, r], whatever u is. For
    `slowest` and `fastest` it is the end of an interval in which the
    eigenvalues of all such matrices lie that take differences of two fields to
    those of -R. `pde-evaluate-rates` proves it and makes arithmetic of it, which
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

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

def Pde_FunctionTrait : NativeOpTrait<"FunctionTrait"> {
  let cppNamespace = "::pdec::pde";
}

/// They become arithmetic of our own (pde-expand-math), whose bits differ from a
/// library's. So they are no operations of `math`: these fold constants by the
/// library of the machine that compiles, and whether a constant reaches them
/// depends on the form of the program.
class Pde_FunctionOp<string name,
    list<Trait> traits = [SameOperandsAndResultType]>
    : Pde_Op<name, [Pure, Pde_FunctionTrait] # traits> {
  let arguments = (ins FloatLike:$operand);
  let results = (outs FloatLike:$result);
  let assemblyFormat = "$operand attr-dict `:` type($result)";
}

def Pde_ExpOp : Pde_FunctionOp<"exp"> {
  let summary = "the exponential";
  let description = [{
    Example:

    ```mlir
    %y = pde.exp %x : f64
    ```
  }];
}

def Pde_LogOp : Pde_FunctionOp<"log"> {
  let summary = "the natural logarithm";
  let description = [{
    Example:

    ```mlir
    %y = pde.log %x : f64
    ```
  }];
}

def Pde_SinOp : Pde_FunctionOp<"sin"> {
  let summary = "the sine of an angle in radians";
  let description = [{
    Example:

    ```mlir
    %y = pde.sin %x : f64
    ```
  }];
}

def Pde_CosOp : Pde_FunctionOp<"cos"> {
  let summary = "the cosine of an angle in radians";
  let description = [{
    Example:

    ```mlir
    %y = pde.cos %x : f64
    ```
  }];
}

def Pde_TanOp : Pde_FunctionOp<"tan"> {
  let summary = "the tangent of an angle in radians";
  let description = [{
    Example:

    ```mlir
    %y = pde.tan %x : f64
    ```
  }];
}

def Pde_AtanOp : Pde_FunctionOp<"atan"> {
  let summary = "the principal value of the arctangent";
  let description = [{
    Example:

    ```mlir
    %y = pde.atan %x : f64
    ```
  }];
}

def Pde_TanhOp : Pde_FunctionOp<"tanh"> {
  let summary = "the hyperbolic tangent";
  let description = [{
    Example:

    ```mlir
    %y = pde.tanh %x : f64
    ```
  }];
}

def Pde_RsqrtOp : Pde_FunctionOp<"rsqrt"> {
  let summary = "the reciprocal of the square root";
  let description = [{
    Example:

    ```mlir
    %y = pde.rsqrt %x : f64
    ```
  }];
}

def Pde_PowOp : Pde_FunctionOp<"pow",
    [AllTypesMatch<["operand", "result"]>,
     TypesMatchWith<"the exponent is as many f64", "result", "exponent",
       "::pdec::pde::exponentType($_self)">]> {
  let summary = "a power";
  let description = [{
    The exponent is an f64 also for a base in f32: an exponent rounded to f32, times
    a logarithm of up to 88, would show in the result.

    Example:

    ```mlir
    %y = pde.pow %x, %tau : f64
    ```
  }];
  let arguments = (ins FloatLike:$operand, FloatLike:$exponent);
  let assemblyFormat = "$operand `,` $exponent attr-dict `:` type($result)";
}

//===----------------------------------------------------------------------===//
// Control
//===----------------------------------------------------------------------===//

/// A loop whose region gets the pass, from 0, and the carried values.
class Pde_LoopOp<string name, list<Trait> traits, list<string> asked = []>
    : Pde_Op<name,
    [SingleBlock,
     DeclareOpInterfaceMethods<LoopLikeOpInterface, ["getLoopInductionVars",
       "getRegionIterArgs", "getYieldedValuesMutable", "getLoopResults"]
       # asked>,
     DeclareOpInterfaceMethods<RegionBranchOpInterface,
       ["getEntrySuccessorOperands"]>] # traits> {
  let regions = (region SizedRegion<1>:$body);
  let results = (outs Variadic<Pde_Carried>:$results);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
  let extraClassDefinition = [{
    ::llvm::SmallVector<::mlir::Region *> $cppClass::getLoopRegions() {
      return {&getBody()};
    }
    std::optional<::llvm::SmallVector<::mlir::Value>>
    $cppClass::getLoopInductionVars() {
      return ::llvm::SmallVector<::mlir::Value>{getBody().getArgument(0)};
    }
    ::mlir::Block::BlockArgListType $cppClass::getRegionIterArgs() {
      return getBody().getArguments().drop_front();
    }
    std::optional<::mlir::ResultRange> $cppClass::getLoopResults() {
      return getResults();
    }
    ::mlir::OperandRange
    $cppClass::getEntrySuccessorOperands(::mlir::RegionBranchPoint) {
      return getInits();
    }
    void $cppClass::getSuccessorRegions(::mlir::RegionBranchPoint,
        ::llvm::SmallVectorImpl<::mlir::RegionSuccessor> &regions) {
      regions.emplace_back(&getBody(), getRegionIterArgs());
      regions.emplace_back(getResults());
    }
  }];
}

def Pde_StepsOp : Pde_LoopOp<"steps", [Pde_CountedLoopOpInterface],
    ["getLoopLowerBounds", "getLoopSteps", "getLoopUpperBounds"]> {
  let summary = "repeats a step, carrying fields and scalars (levels)";
  let description = [{
    The region's first argument is the pass, from 0; the others are the carried
    values. A negative count means none.

    Example:

    ```mlir
    %r = pde.steps %n pass %i carry (%u = %f : !pde.field<@X, f64>) {
      %v = pde.apply %k, %u : <1>, <@X, f64> -> <@X, f64>
      pde.yield %v : !pde.field<@X, f64>
    }
    ```
  }];
  let arguments = (ins I64:$count, Variadic<Pde_Carried>:$inits,
      UnitAttr:$evolution);
}

def Pde_FixpointOp : Pde_LoopOp<"fixpoint",
    [Pde_ConditionalLoopOpInterface]> {
  let summary = "repeats until a condition holds, carrying fields and scalars";
  let description = [{
    Each pass makes new values; `pde.until` at its end says whether they are the
    result. After `max` passes without that the run fails, or, with `accept`,
    goes on with the last values. With a `max` below one there is no pass
    at all.
    `loop` is the loop's number in the program; `what` (the carried name),
    `measure` ("change", "residual", "value", "condition", or the name of what a
    solver asks for) and `line` are for messages.

    Example:

    ```mlir
    %r = pde.fixpoint %max pass %i carry (%u = %f : !pde.field<@X, f64>)
        attributes {loop = 0 : i64, what = "u", measure = "value", line = 1 : i64} {
      %v = pde.apply %k, %u : <1>, <@X, f64> -> <@X, f64>
      %most = pde.reduce max_abs %v : !pde.field<@X, f64>
      %done = arith.cmpf olt, %most, %bound : f64
      pde.until %done measured %most against %bound yield %v : !pde.field<@X, f64>
    }
    ```
  }];
  let arguments = (ins I64:$max, Variadic<Pde_Carried>:$inits, I64Attr:$loop,
      StrAttr:$what, StrAttr:$measure, I64Attr:$line, UnitAttr:$accept);
}

def Pde_UntilOp : Pde_Op<"until", [Pure, Terminator,
    ParentOneOf<["FixpointOp"]>, Pde_UntilOpInterface,
    DeclareOpInterfaceMethods<RegionBranchTerminatorOpInterface>]> {
  let summary = "the end of a fixpoint's pass";
  let description = [{
    `value` is what was compared with `bound`, for reports only.

    Example:

    ```mlir
    %r = pde.fixpoint %max pass %i carry (%a = %half : f64)
        attributes {loop = 0 : i64, what = "a", measure = "value", line = 1 : i64} {
      %b = arith.mulf %a, %half : f64
      %done = arith.cmpf olt, %b, %bound : f64
      pde.until %done measured %b against %bound yield %b : f64
    }
    ```
  }];
  let arguments = (ins I1:$done, F64:$value, F64:$bound,
      Variadic<AnyType>:$values);
  let assemblyFormat = [{
    $done `measured` $value `against` $bound (`yield` $values^ `:`
    type($values))? attr-dict
  }];
}

def Pde_ReverseOp : Pde_Op<"reverse",
    [AttrSizedOperandSegments, RecursiveMemoryEffects, Pde_ReversalOpInterface]> {
  let summary = "goes back through the passes of a loop, with the state of each";
  let description = [{
    The states are s_0, the values given, and s_(k+1), what pass k makes of s_k.
    `replay` says how: it gets a number k, how many passes there are to make,
    and s_k, and yields the state after these. `back` gets each pass, from
    count - 1 down to 0, its state, and the carried values. Each state is one
    value, however often it is made again: how many are kept depends on the
    memory there is.

    Example:

    ```mlir
    %r = pde.reverse %n replay %first for %m of (%u = %f : !pde.field<@X, f64>) {
      %v = pde.steps %m pass %i carry (%w = %u : !pde.field<@X, f64>) {
        %x = pde.map (%a = %w : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
          %b = arith.mulf %a, %a : f64
          pde.yield %b : f64
        }
        pde.yield %x : !pde.field<@X, f64>
      }
      pde.yield %v : !pde.field<@X, f64>
    } back pass %i of (%s : !pde.field<@X, f64>)
        carry (%p = %f : !pde.field<@X, f64>) {
      %q = pde.map (%a = %s : !pde.field<@X, f64>, %c = %p : !pde.field<@X, f64>)
          -> !pde.field<@X, f64> {
        %d = arith.mulf %a, %c : f64
        %e = arith.addf %d, %d : f64
        pde.yield %e : f64
      }
      pde.yield %q : !pde.field<@X, f64>
    }
    ```
  }];
  let arguments = (ins I64:$count, Variadic<Pde_Carried>:$states,
      Variadic<Pde_Carried>:$inits);
  let regions = (region SizedRegion<1>:$replay, SizedRegion<1>:$back);
  let results = (outs Variadic<Pde_Carried>:$results);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

def Pde_VariableOp : Pde_Op<"variable", [AllTypesMatch<["value", "result"]>]> {
  let summary = "a value that derivatives are asked for";
  let description = [{
    The value itself, but what reads it is told from what reads the value.
    `pde-differentiate` leaves none.

    Example:

    ```mlir
    %v = pde.variable %f : !pde.field<@X, f64>
    ```
  }];
  let arguments = (ins Pde_Carried:$value);
  let results = (outs Pde_Carried:$result);
  let assemblyFormat = "$value attr-dict `:` type($value)";
}

def Pde_GradientOp : Pde_Op<"gradient",
    [Pure, AllTypesMatch<["variable", "result"]>]> {
  let summary = "the derivative of a number with respect to a value";
  let description = [{
    That of `objective`, in each row of the field `variable`, or with respect to
    that number. `pde-differentiate` makes operations of it before all else.

    Example:

    ```mlir
    %s = pde.reduce dot %f, %f : !pde.field<@X, f64>, !pde.field<@X, f64>
    %g = pde.gradient %s by %f : !pde.field<@X, f64>
    ```
  }];
  let arguments = (ins F64:$objective, Pde_Carried:$variable);
  let results = (outs Pde_Carried:$result);
  let assemblyFormat = "$objective `by` $variable attr-dict `:` type($variable)";
}

def Pde_DerivativeOp : Pde_Op<"derivative",
    [Pure, AllTypesMatch<["value", "result"]>,
     AllTypesMatch<["variable", "direction"]>]> {
  let summary = "how a value changes where another one does in a direction";
  let description = [{
    `pde-differentiate` makes operations of it before all else.

    Example:

    ```mlir
    %v = pde.variable %f : !pde.field<@X, f64>
    %s = pde.reduce dot %v, %v : !pde.field<@X, f64>, !pde.field<@X, f64>
    %t = pde.derivative %s : f64 by %v along %f : !pde.field<@X, f64>
    ```
  }];
  let arguments = (ins Pde_Carried:$value, Pde_Carried:$variable,
      Pde_Carried:$direction);
  let results = (outs Pde_Carried:$result);
  let assemblyFormat = [{
    $value `:` type($value) `by` $variable `along` $direction attr-dict `:`
    type($variable)
  }];
}

def Pde_SweepOp : Pde_Op<"sweep", [SingleBlock, IsolatedFromAbove]> {
  let summary = "computes fields from stored ones in one pass over memory";
  let description = [{
    Made by pde-form-sweeps. The operands are all that it reads, stored fields
    and scalars; the region has an argument for each. It holds field operations,
    whose fields are never stored as a whole, the stencils that they apply, and
    constants and other arithmetic on scalars. The results are fields of one
    grid and element type.

    Example:

    ```mlir
    %v = pde.sweep (%u = %f : !pde.field<@X, f64>, %a = %tau : f64)
        -> !pde.field<@X, f64> {
      %one = arith.constant 1.0 : f64
      %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%a, %one) : <1>
      %w = pde.apply %k, %u : <1>, <@X, f64> -> <@X, f64>
      pde.yield %w : !pde.field<@X, f64>
    }
    ```
  }];
  let arguments = (ins Variadic<Pde_SweepOperand>:$operands);
  let regions = (region SizedRegion<1>:$body);
  let results = (outs Variadic<Pde_FieldType>:$results);
  let hasCustomAssemblyFormat = 1;
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    /// The type of the first result; all are of its grid.
    FieldType type() { return ::llvm::cast<FieldType>(getResultTypes()[0]); }
  }];
}

def Pde_YieldOp : Pde_Op<"yield", [Pure, Terminator, ReturnLike,
    ParentOneOf<["MapOp", "RateOp", "ReverseOp", "StepsOp", "SweepOp"]>]> {
  let summary = "the values of a region";
  let description = [{
    Example:

    ```mlir
    %c = pde.map () -> !pde.field<@X, f64> {
      pde.yield %half : f64
    }
    ```
  }];
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
  let builders = [OpBuilder<(ins), "">];
}

#endif // PDEC_PDE_DIALECT
