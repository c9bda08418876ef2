//===- PdeBase.td - types, attributes, kinds of operations -*- tablegen -*-===//

#ifndef PDEC_PDE_BASE
#define PDEC_PDE_BASE

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

class Pde_Op<string name, list<Trait> traits = []>
    : Op<Pde_Dialect, name, traits>;

#endif // PDEC_PDE_BASE
