//===- KernelDialect.td - sweeps as tiles of cells ---------*- tablegen -*-===//
//
// The kernel dialect says how a sweep goes over memory: what its plan is, which
// function computes its tiles, which boxes of cells a tile computes and by
// which rule a row is. What a cell is stays in operations of the pde dialect
// until rows become loops over vectors. docs/kernel-dialect.md gives the
// reasons.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_KERNEL_DIALECT
#define PDEC_KERNEL_DIALECT

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "mlir/IR/BuiltinAttributeInterfaces.td"
include "mlir/IR/EnumAttr.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

// Types of other dialects, whose definitions would be made again if their files
// were included.
def Kernel_Pointer : Type<
    CPred<"::llvm::isa<::mlir::LLVM::LLVMPointerType>($_self)">, "a pointer",
    "::mlir::LLVM::LLVMPointerType">,
  BuildableType<"::mlir::LLVM::LLVMPointerType::get($_builder.getContext())">;
def Kernel_Field : Type<CPred<"::llvm::isa<::pdec::pde::FieldType>($_self)">,
    "a field", "::pdec::pde::FieldType">;
def Kernel_Operand : AnyTypeOf<[Kernel_Field, F64, F32, I64, I1],
    "a field or a scalar">;

def Kernel_Dialect : Dialect {
  let name = "kernel";
  let cppNamespace = "::pdec::kernel";
  let summary = "Sweeps over memory: plans, tiles, boxes and rows of cells";
  let description = [{
    Three attributes of the dialect stand on operations of others. On a sweep,
    `kernel.tile` is the shape of its tiles, `kernel.results` an array with the
    stage of each result, `kernel.reads` an array with the rows around a step's
    range that are read of each operand (a unit where none are). On an operation
    within a sweep, `kernel.stage` tells that its field is kept in scratch
    memory. On a function, `kernel.tile` tells that it computes tiles.
  }];
  let dependentDialects = ["::pdec::pde::PdeDialect",
                           "::mlir::LLVM::LLVMDialect"];
  let useDefaultAttributePrinterParser = 1;
  let hasOperationAttrVerify = 1;
}

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

class Kernel_Attr<string name, string keyword>
    : AttrDef<Kernel_Dialect, name> {
  let mnemonic = keyword;
}

def Kernel_RowsAttr : Kernel_Attr<"Rows", "rows"> {
  let summary = "numbers of rows at the low and at the high end of each axis";
  let description = [{
    `#kernel.rows<1 : 2, none : all>`: on the first axis one row at the low end
    and two at the high one, on the second none at the low end and, at the high
    one, all that there are. Counts of rows next to a side may be negative: they
    end beyond the grid's cells, where the field has rows of its own. `none`
    leaves these out, too.
  }];
  let parameters = (ins ArrayRefParameter<"int64_t">:$numbers);
  let assemblyFormat = "`<` custom<Rows>($numbers) `>`";
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// More rows than any grid has, and fewer than none.
    static constexpr int64_t all = int64_t(1) << 61, none = -all;

    unsigned rank() const { return getNumbers().size() / 2; }
    ::pdec::pde::Reach axis(unsigned i) const {
      return {getNumbers()[2 * i], getNumbers()[2 * i + 1]};
    }
  }];
}

def Kernel_StageAttr : Kernel_Attr<"Stage", "stage"> {
  let summary = "when a field of a sweep is computed, and on which rows";
  let description = [{
    Stages of one group are computed together, cell by cell; groups ascend in
    the order of computation. `reach` are the rows that are computed around a
    step's own range, `boundary` those next to a side whose stencils cross it.
    All others are interior. With a `ring`, scratch memory has so many rows of
    the first axis, a power of two, in turns.
  }];
  let parameters = (ins "unsigned":$group, "RowsAttr":$reach,
      "RowsAttr":$boundary, DefaultValuedParameter<"int64_t", "0">:$ring);
  let assemblyFormat = [{
    `<` $group `reach` $reach `boundary` $boundary (`ring` $ring^)? `>`
  }];
  let genVerifyDecl = 1;
}

def Kernel_TileAttr : Kernel_Attr<"Tile", "tile"> {
  let summary = "the shape of a sweep's tiles";
  let description = [{
    `#kernel.tile<[1792] steps 56>`: a tile owns 1792 cells and advances up to
    56 steps at once. Without `steps` the sweep is no whole step of a loop, and
    a tile computes it once. Along the first of several axes, a tile that
    advances steps may own fewer cells, if else threads had no work. Of interior
    rows, so many `rows` are computed at once, and what they read in common is
    read once. With a `piece`, a tile that computes a sweep once goes over its
    rows of the first axis so many at a time, and at each piece through all
    stages, whose scratch memory is rings of rows. `scratch` are the bytes of
    memory that a tile needs for itself; it is known once tiles are code.
  }];
  let parameters = (ins ArrayRefParameter<"int64_t">:$cells,
      DefaultValuedParameter<"int64_t", "0">:$steps,
      DefaultValuedParameter<"int64_t", "1">:$rows,
      DefaultValuedParameter<"int64_t", "0">:$piece,
      DefaultValuedParameter<"int64_t", "0">:$scratch);
  let assemblyFormat = [{
    `<` `[` $cells `]` (`steps` $steps^)? (`rows` $rows^)? (`piece` $piece^)?
    (`scratch` $scratch^)? `>`
  }];
  let genVerifyDecl = 1;
  let extraClassDeclaration = [{
    /// Whether the sweep is a whole step, of which a tile may take several.
    bool takesSteps() const { return getSteps() > 0; }
    /// Whether it computes a sweep once, stage behind stage in rings of rows.
    bool isChain() const { return getPiece() > 0; }
    unsigned rank() const { return getCells().size(); }
  }];
}

def Kernel_Rule : I32EnumAttr<"Rule", "how the cells of a row are computed", [
    I32EnumAttrCase<"Interior", 0, "interior">,
    I32EnumAttrCase<"Edge", 1, "edge">,
    I32EnumAttrCase<"Sides", 2, "sides">]> {
  let cppNamespace = "::pdec::kernel";
  let genSpecializedAttr = 0;
}
def Kernel_RuleAttr : EnumAttr<Kernel_Dialect, Kernel_Rule, "rule">;

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

class Kernel_Op<string name, list<Trait> traits = []>
    : Op<Kernel_Dialect, name, traits>;

def Kernel_CallOp : Kernel_Op<"call",
    [DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  let summary = "a sweep that a function computes, tile by tile";
  let description = [{
    Takes the place of a `pde.sweep`, whose operands and results it has. The
    function computes one tile; TileArguments.h says what it is called with.

    Example:

    ```mlir
    %v = kernel.call @sweep0(%f, %tau) : (!pde.field<@X, f64>, f64)
        -> !pde.field<@X, f64>
    ```
  }];
  let arguments = (ins FlatSymbolRefAttr:$callee,
      Variadic<Kernel_Operand>:$inputs);
  let results = (outs Variadic<Kernel_Field>:$results);
  let assemblyFormat = [{
    $callee `(` $inputs `)` attr-dict `:` functional-type($inputs, $results)
  }];
  let extraClassDeclaration = [{
    /// The type of the first result; all are of its grid.
    ::pdec::pde::FieldType type() {
      return ::llvm::cast<::pdec::pde::FieldType>(getResultTypes()[0]);
    }
    /// The function that it calls, and the shape of its tiles. The module has
    /// been verified.
    ::mlir::func::FuncOp getFunction();
    TileAttr getTile();
  }];
}

def Kernel_MemoryOp : Kernel_Op<"memory", [Pure, AttrSizedOperandSegments]> {
  let summary = "a field that lies in memory";
  let description = [{
    Cell p is `base[p0*strides[0] + ... + p_last]`: the base is biased to cell
    0, before which rows below it lie. With `sizes`, the memory ends at the
    sides of periodic axes, which have these numbers of cells; without, it goes
    on beyond them. With `ring`, of which the bits are those of a power of two
    less one, or all, the first axis has as many rows as that power: row p0 lies
    where row `p0 & ring` does. Rows take each other's places there, or hold the
    same numbers. Further ones are of the axes that follow.

    Example:

    ```mlir
    %f = kernel.memory %p strides(%n1) sizes(%n0, %n1) : <@G, f64>
    %g = kernel.memory %q strides(%n1) ring(%three) : <@G, f64>
    ```
  }];
  let arguments = (ins Kernel_Pointer:$base, Variadic<I64>:$strides,
      Variadic<I64>:$sizes, Variadic<I64>:$rings);
  let results = (outs Kernel_Field:$field);
  let assemblyFormat = [{
    $base (`strides` `(` $strides^ `)`)? (`sizes` `(` $sizes^ `)`)?
    (`ring` `(` $rings^ `)`)? attr-dict `:` type($field)
  }];
  let hasVerifier = 1;
}

/// What boxes and rows have in common: cells of a grid of these `sizes` are
/// computed from `inputs` and stored in `outputs`, one for each value that the
/// region ends with.
class Kernel_CellsOp<string name, dag places, dag rules> : Kernel_Op<name,
    [SingleBlock, IsolatedFromAbove, AttrSizedOperandSegments]> {
  let arguments = !con(places, (ins Variadic<I64>:$sizes,
      Variadic<Kernel_Operand>:$inputs, Variadic<Kernel_Field>:$outputs),
      rules);
  let regions = (region SizedRegion<1>:$body);
  let hasCustomAssemblyFormat = 1;
  let hasRegionVerifier = 1;
}

def Kernel_BoxOp : Kernel_CellsOp<"box",
    (ins Variadic<I64>:$begin, Variadic<I64>:$end),
    (ins Kernel_RowsAttr:$boundary,
     DefaultValuedAttr<ConfinedAttr<I64Attr, [IntPositive]>, "1">:$rows)> {
  let summary = "computes fields on a box of cells";
  let description = [{
    The cells [begin, end) of each axis, in any order: no cell reads what
    another one gives. `boundary` are the rows next to each side whose stencils
    cross it. Interior rows are computed so many at once as `rows` says.

    Example:

    ```mlir
    kernel.box from [%b] to [%e] of [%n] reads (%u = %f : !pde.field<@X, f64>)
        writes (%g : !pde.field<@X, f64>)
        attributes {boundary = #kernel.rows<1 : 1>} {
      %s = pde.map (%x = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
        %y = arith.negf %x : f64
        pde.yield %y : f64
      }
      kernel.write %s : !pde.field<@X, f64>
    }
    ```
  }];
}

def Kernel_RowOp : Kernel_CellsOp<"row",
    (ins Variadic<I64>:$outer, Variadic<I64>:$begin, Variadic<I64>:$end),
    (ins Kernel_RuleAttr:$rule,
     DefaultValuedAttr<ConfinedAttr<I64Attr, [IntPositive]>, "1">:$rows)> {
  let summary = "computes fields on cells of a row, all by one rule";
  let description = [{
    A row lies along the last axis; `outer` is its place on the others. With
    `rows`, which only interior ones have, those that follow it along the last
    but one axis are computed with it. In the `interior` all reads are at
    constant distances. At an `edge` a row is next to a side of another axis
    than its own, and interior along its own. Cells
    at the `sides` read across a side of the row's own axis; they may be two
    ranges, one at each end of the row, and are computed one by one.

    Example:

    ```mlir
    kernel.row sides from [%b, %rest] to [%middle, %e] of [%n]
        reads (%u = %f : !pde.field<@X, f64>)
        writes (%g : !pde.field<@X, f64>) {
      kernel.write %u : !pde.field<@X, f64>
    }
    ```
  }];
}

def Kernel_WriteOp : Kernel_Op<"write", [Pure, Terminator, ReturnLike,
    ParentOneOf<["BoxOp", "RowOp"]>]> {
  let summary = "the values of a box or row, for its outputs in their order";
  let description = [{
    Example:

    ```mlir
    kernel.row interior from [%b] to [%e] of [%n]
        reads (%u = %f : !pde.field<@X, f64>, %v = %g : !pde.field<@X, f64>)
        writes (%g : !pde.field<@X, f64>, %f : !pde.field<@X, f64>) {
      kernel.write %u, %v : !pde.field<@X, f64>, !pde.field<@X, f64>
    }
    ```
  }];
  let arguments = (ins Variadic<Kernel_Field>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
}

#endif // PDEC_KERNEL_DIALECT
