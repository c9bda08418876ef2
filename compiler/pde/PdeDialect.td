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
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"

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
    `!pde.field<@X, f64>` has one element for each cell of grid `@X`. A
    difference at a dirichlet side also lives on the boundary face; its type,
    `!pde.field<@X, f64, [1], [0]>`, tells how many rows there are below cell 0
    and beyond the last cell of each axis.
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

def Pde_Boundary : I32EnumAttr<"Boundary", "how a field continues past a side", [
    I32EnumAttrCase<"Reflecting", 0, "reflecting">,
    I32EnumAttrCase<"Periodic", 1, "periodic">,
    I32EnumAttrCase<"Dirichlet", 2, "dirichlet">]> {
  let cppNamespace = "::pdec::pde";
  let genSpecializedAttr = 0;
}

def Pde_AxisAttr : AttrDef<Pde_Dialect, "Axis"> {
  let mnemonic = "axis";
  let summary = "one axis of a grid: name, boundary rules, size without input";
  let parameters = (ins StringRefParameter<"name">:$name,
      EnumParameter<Pde_Boundary>:$low, EnumParameter<Pde_Boundary>:$high,
      DefaultValuedParameter<"int64_t", "0">:$size);
  let assemblyFormat = "`<` $name `:` $low `,` $high (`,` $size^)? `>`";
}
def Pde_AxisArrayAttr : TypedArrayAttrBase<Pde_AxisAttr, "the axes of a grid">;

def Pde_Scalar : AnyTypeOf<[F64, I64, I1], "a scalar">;
def Pde_Carried : AnyTypeOf<[Pde_FieldType, Pde_Scalar]>;

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

class Pde_Op<string name, list<Trait> traits = []>
    : Op<Pde_Dialect, name, traits>;

def Pde_GridOp : Pde_Op<"grid", [Symbol]> {
  let summary = "a grid of cells";
  let arguments = (ins SymbolNameAttr:$sym_name, Pde_AxisArrayAttr:$axes);
  let assemblyFormat = "$sym_name $axes attr-dict";
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
  let arguments = (ins SymbolNameAttr:$sym_name);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name attr-dict-with-keyword $body";
}

def Pde_ParamOp : Pde_Op<"param"> {
  let summary = "a run-time parameter";
  let description = [{
    Its initial value and its legal interval; an absent bound means none.
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
  let arguments = (ins FlatSymbolRefAttr:$grid, I64Attr:$axis);
  let results = (outs I64:$size);
  let assemblyFormat = "$grid `[` $axis `]` attr-dict";
}

def Pde_AxisOp : Pde_Op<"axis",
    [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "where the cells of an axis lie: first + i*spacing";
  let arguments = (ins FlatSymbolRefAttr:$grid, I64Attr:$axis, F64:$first,
      F64:$spacing);
  let assemblyFormat = [{
    $grid `[` $axis `]` `first` $first `spacing` $spacing attr-dict
  }];
}

def Pde_InputOp : Pde_Op<"input"> {
  let summary = "a field that the user hands over, or its default";
  let description = "The default is computed only when no data are given.";
  let arguments = (ins StrAttr:$name, Optional<Pde_FieldType>:$initial);
  let results = (outs Pde_FieldType:$field);
  let assemblyFormat = [{
    $name (`default` $initial^ `:` type($initial))? attr-dict `->` type($field)
  }];
  let hasVerifier = 1;
}

def Pde_OutputOp : Pde_Op<"output"> {
  let summary = "a field handed back to the user";
  let arguments = (ins StrAttr:$name, Pde_FieldType:$field);
  let assemblyFormat = "$name $field attr-dict `:` type($field)";
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Fields
//===----------------------------------------------------------------------===//

def Pde_CoordinateOp : Pde_Op<"coordinate",
    [Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "the field first + i*spacing along an axis, rounded once";
  let arguments = (ins I64Attr:$axis, F64:$first, F64:$spacing);
  let results = (outs Pde_FieldType:$field);
  let assemblyFormat = [{
    $axis `first` $first `spacing` $spacing attr-dict `:` type($field)
  }];
}

def Pde_NoiseOp : Pde_Op<"noise", [Pure]> {
  let summary = "uniform noise in [-1, 1): a hash of the seed and the cell";
  let arguments = (ins I64:$seed);
  let results = (outs Pde_FieldType:$field);
  let assemblyFormat = "$seed attr-dict `:` type($field)";
}

def Pde_StencilOp : Pde_Op<"stencil", [Pure, AttrSizedOperandSegments]> {
  let summary = "a linear operator, for apply and adjoint";
  let description = [{
    `(K u)[i] = scale * sum_m weight_m * u[i + offset_m]`. The sum runs in the
    order of the offsets, which ascend, and starts with its first product; a
    weight of 1 or -1 adds or subtracts the value itself; without a scale the
    sum is the result. Nothing is contracted.
  }];
  let arguments = (ins ArrayAttr:$offsets, Variadic<F64>:$weights,
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

class Pde_ApplicationOp<string name> : Pde_Op<name,
    [Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let results = (outs Pde_FieldType:$result);
}

def Pde_ApplyOp : Pde_ApplicationOp<"apply"> {
  let summary = "K u, u continued by the boundary rule of its grid";
  let description = [{
    `outside` gives, for each dirichlet side in the order low, high of each
    axis, the value of the field beyond it.
  }];
  let arguments = (ins Pde_StencilType:$stencil, Pde_FieldType:$field,
      Variadic<F64>:$outside);
  let assemblyFormat = [{
    $stencil `,` $field (`outside` `(` $outside^ `)`)? attr-dict `:`
    type($stencil) `,` type($field) `->` type($result)
  }];
}

def Pde_AdjointOp : Pde_ApplicationOp<"adjoint"> {
  let summary = "K' p: the exact transpose of apply's linear part";
  let description = [{
    `(K' p)[j]` is the sum of `weight_m * p[j - offset_m]` over ascending
    positions in p, p zero outside its rows, times scale. At a reflecting side
    the same sums at the positions beyond it are added, in ascending order, to
    the cells that mirror them; at a periodic one p is continued periodically.
  }];
  let arguments = (ins Pde_StencilType:$stencil, Pde_FieldType:$field);
  let assemblyFormat = [{
    $stencil `,` $field attr-dict `:` type($stencil) `,` type($field) `->`
    type($result)
  }];
}

def Pde_MapOp : Pde_Op<"map", [Pure, SingleBlock]> {
  let summary = "a pointwise function of fields";
  let description = [{
    The region computes one cell from the same cell of each operand, in the
    element type; it may use scalars from outside. Rows that not all operands
    have are left out.
  }];
  let arguments = (ins Variadic<Pde_FieldType>:$fields);
  let regions = (region SizedRegion<1>:$body);
  let results = (outs Pde_FieldType:$result);
  let hasCustomAssemblyFormat = 1;
  let hasRegionVerifier = 1;
}

//===----------------------------------------------------------------------===//
// Control
//===----------------------------------------------------------------------===//

def Pde_StepsOp : Pde_Op<"steps", [SingleBlock]> {
  let summary = "repeats a step, carrying fields and scalars (levels)";
  let description = [{
    The region's first argument is the pass, from 0; the others are the carried
    values. A negative count means none.
  }];
  let arguments = (ins I64:$count, Variadic<Pde_Carried>:$inits,
      UnitAttr:$evolution);
  let regions = (region SizedRegion<1>:$body);
  let results = (outs Variadic<Pde_Carried>:$results);
  let hasCustomAssemblyFormat = 1;
  let hasRegionVerifier = 1;
}

def Pde_SweepOp : Pde_Op<"sweep", [SingleBlock]> {
  let summary = "computes fields from stored ones in one pass over memory";
  let description = [{
    Made by pde-form-sweeps. The region holds field operations only; fields
    from outside are stored, those inside are never stored as a whole.
  }];
  let regions = (region SizedRegion<1>:$body);
  let results = (outs Variadic<Pde_FieldType>:$results);
  let assemblyFormat = "$body attr-dict (`:` type($results)^)?";
  let hasRegionVerifier = 1;
}

def Pde_YieldOp : Pde_Op<"yield", [Pure, Terminator, ReturnLike]> {
  let summary = "the values of a region";
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
  let builders = [OpBuilder<(ins), "">];
}

#endif // PDEC_PDE_DIALECT
