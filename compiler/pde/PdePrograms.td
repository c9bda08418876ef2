//===- PdePrograms.td - what a program declares ------------*- tablegen -*-===//

#ifndef PDEC_PDE_PROGRAMS
#define PDEC_PDE_PROGRAMS

include "compiler/pde/PdeBase.td"

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

#endif // PDEC_PDE_PROGRAMS
