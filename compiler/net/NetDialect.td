//===- NetDialect.td - layers ------------------------------*- tablegen -*-===//
//
// The net dialect says a scheme as the network that it is: convolutions and
// transposed convolutions with the same weights, activations, skips that add,
// blocks that repeat with shared weights. docs/net-dialect.md gives the reasons.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_NET_DIALECT
#define PDEC_NET_DIALECT

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"
include "compiler/pde/ProgramOpInterfaces.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "compiler/pde/Boundary.td"
include "compiler/pde/Offsets.td"

def Net_Dialect : Dialect {
  let name = "net";
  let cppNamespace = "::pdec::net";
  let summary = "Networks that are numerical schemes";
  let useDefaultTypePrinterParser = 1;
  let useDefaultAttributePrinterParser = 1;
  // Reductions are the pde dialect's.
  let dependentDialects = ["::mlir::tensor::TensorDialect",
                           "::pdec::pde::PdeDialect"];
}

def Net_WeightsType : TypeDef<Net_Dialect, "Weights"> {
  let mnemonic = "weights";
  let summary = "the weights of a convolution and of its transpose";
  let parameters = (ins "unsigned":$rank);
  let assemblyFormat = "`<` $rank `>`";
}

def Net_MarginAttr : AttrDef<Net_Dialect, "Margin"> {
  let mnemonic = "margin";
  let summary = "cells at both ends of an axis; negative: cells less";
  let parameters = (ins "int64_t":$low, EnumParameter<Pde_Boundary>:$lowKind,
      "int64_t":$high, EnumParameter<Pde_Boundary>:$highKind);
  let assemblyFormat = "`<` $low $lowKind `,` $high $highKind `>`";
  let extraClassDeclaration = [{
    /// Whether it neither adds cells nor takes any away.
    bool isEmpty() const { return getLow() == 0 && getHigh() == 0; }
  }];
}
def Net_Margins : TypedArrayAttrBase<Net_MarginAttr, "a margin for each axis">;

def Net_Tensor : RankedTensorOf<[F64, F32]>;
def Net_Carried : AnyTypeOf<[Net_Tensor, F64, I64, I1]>;

class Net_Op<string name, list<Trait> traits = []>
    : Op<Net_Dialect, name, traits>;

def Net_ProgramOp : Net_Op<"program",
    [Symbol, IsolatedFromAbove, NoTerminator, SingleBlock]> {
  let summary = "a network with its inputs and outputs";
  let description = [{
    Grids, parameters and sizes are those of the pde dialect.

    Example:

    ```mlir
    net.program @copy {
      %f = net.input "f" on @X : tensor<?xf64>
      net.output "u" %f : tensor<?xf64>
    }
    ```
  }];
  let arguments = (ins SymbolNameAttr:$sym_name);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name attr-dict-with-keyword $body";
  let hasRegionVerifier = 1;
}

def Net_InputOp : Net_Op<"input",
    [SingleBlock, DeclareOpInterfaceMethods<SymbolUserOpInterface>,
     Pde_InputOpInterface]> {
  let summary = "a tensor that the user hands over, or its default";
  let description = [{
    `rows` are those below cell 0 and beyond the last cell of each axis.

    Example:

    ```mlir
    %f = net.input "f" on @X rows [1, 0] default {
      net.yield %x : tensor<?xf64>
    } : tensor<?xf64>
    ```
  }];
  let arguments = (ins StrAttr:$name, FlatSymbolRefAttr:$grid,
                       OptionalAttr<DenseI64ArrayAttr>:$rows);
  let regions = (region MaxSizedRegion<1>:$initial);
  let results = (outs Net_Tensor:$result);
  let assemblyFormat = [{
    $name `on` $grid (`rows` $rows^)? (`default` $initial^)? attr-dict `:` type($result)
  }];
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    bool hasDefault() { return !getInitial().empty(); }
    /// Rows below cell 0 (beyond the last cell) of an axis.
    int64_t lowRows(unsigned axis) {
      return getRows() ? (*getRows())[2 * axis] : 0;
    }
    int64_t highRows(unsigned axis) {
      return getRows() ? (*getRows())[2 * axis + 1] : 0;
    }
  }];
}

def Net_OutputOp : Net_Op<"output", [Pde_OutputOpInterface]> {
  let summary = "a tensor handed back to the user";
  let description = [{
    Example:

    ```mlir
    net.output "u" %x : tensor<?xf64>
    ```
  }];
  let arguments = (ins StrAttr:$name, Net_Tensor:$value);
  let assemblyFormat = "$name $value attr-dict `:` type($value)";
  let hasVerifier = 1;
}

def Net_WeightsOp : Net_Op<"weights", [Pure, AttrSizedOperandSegments]> {
  let summary = "shared weights: offsets, values and a factor for the sum";
  let description = [{
    The offsets ascend: their order is that of the sum.

    Example:

    ```mlir
    %w = net.weights [array<i64: -1>, array<i64: 1>] values(%a, %b) scale %c : <1>
    ```
  }];
  let arguments = (ins Pde_OffsetsAttr:$offsets, Variadic<F64>:$values,
      Optional<F64>:$scale);
  let results = (outs Net_WeightsType:$result);
  let assemblyFormat = [{
    $offsets `values` `(` $values `)` (`scale` $scale^)? attr-dict `:`
    type($result)
  }];
  let hasVerifier = 1;
}

/// A layer of one tensor, whose result is of its kind, maybe larger or smaller.
class Net_LayerOp<string name> : Net_Op<name, [Pure,
    AllRanksMatch<["x", "result"]>, AllElementTypesMatch<["x", "result"]>]> {
  let results = (outs Net_Tensor:$result);
}

class Net_MarginOp<string name> : Net_LayerOp<name> {
  let hasVerifier = 1;
  let hasFolder = 1;
}

def Net_PadOp : Net_MarginOp<"pad"> {
  let summary = "continues a tensor beyond its sides";
  let description = [{
    compiler/support/Boundary.def says what each kind of side makes of x and of
    the side's value E. Axes are padded one after the other, the first axis
    first: a later axis continues what the earlier ones gave.

    `values` holds what the sides need, in the order low, high of each axis: the
    value of those that have one, a number or a tensor, and before it, where the
    kind is given them, the weights and the factor of each distance from 1 to
    the margin. A tensor is read at its own place, as in `pde.apply`; `rows`
    tells of each one in their order how many cells more than x it has at both
    ends of each axis (without it, none).

    Example:

    ```mlir
    %p = net.pad %x [#net.margin<1 dirichlet, 2 reflecting>] values(%c : f64)
        : tensor<?xf64> -> tensor<?xf64>
    ```
  }];
  let arguments = (ins Net_Tensor:$x, Net_Margins:$margins,
      Variadic<AnyTypeOf<[F64, Net_Tensor]>>:$values,
      OptionalAttr<ArrayAttr>:$rows);
  let assemblyFormat = [{
    $x $margins (`values` `(` $values^ `:` type($values) `)`)? (`rows` $rows^)?
    attr-dict `:` type($x) `->` type($result)
  }];
  let extraClassDeclaration = [{
    /// What a side is given.
    ::pdec::pde::SideOperands side(unsigned axis, bool high);
    /// The cells more than x that a side's tensor has, low and high of each
    /// axis; empty: none.
    ::llvm::ArrayRef<int64_t> sideRows(unsigned axis, bool high);
  }];
}

def Net_FoldOp : Net_MarginOp<"fold"> {
  let summary = "the transpose of pad: adds a margin to the cells it is made of";
  let description = [{
    `weights` holds the weights of sides that are given them, in the order low,
    high of each axis, for each distance from 1 to the margin.

    Example:

    ```mlir
    %u = net.fold %x [#net.margin<1 robin, 2 reflecting>] weights(%c)
        : tensor<?xf64> -> tensor<?xf64>
    ```
  }];
  let arguments = (ins Net_Tensor:$x, Net_Margins:$margins,
      Variadic<F64>:$weights);
  let assemblyFormat = [{
    $x $margins (`weights` `(` $weights^ `)`)? attr-dict `:` type($x) `->`
    type($result)
  }];
  let extraClassDeclaration = [{
    /// What a side is given.
    ::pdec::pde::SideOperands side(unsigned axis, bool high);
  }];
}

class Net_ConvolutionOp<string name> : Net_LayerOp<name> {
  let arguments = (ins Net_Tensor:$x, Net_WeightsType:$weights,
      OptionalAttr<DenseI64ArrayAttr>:$strides);
  let assemblyFormat = [{
    $x `,` $weights (`strides` $strides^)? attr-dict `:` type($x) `,`
    type($weights) `->` type($result)
  }];
  let hasVerifier = 1;
}
def Net_ConvOp : Net_ConvolutionOp<"conv"> {
  let summary = "valid correlation";
  let description = [{
    Without `strides`, all are one.

    Example:

    ```mlir
    %y = net.conv %x, %w strides [2] : tensor<?xf64>, <1> -> tensor<?xf64>
    ```
  }];
}
def Net_ConvTransposeOp : Net_ConvolutionOp<"conv_transpose"> {
  let summary = "its full transpose, with the same weights";
  let description = [{
    Without `strides`, all are one.

    Example:

    ```mlir
    %y = net.conv_transpose %x, %w : tensor<?xf64>, <1> -> tensor<?xf64>
    ```
  }];
}

def Net_ActivationOp : Net_Op<"activation", [Pure, SingleBlock]> {
  let summary = "a pointwise function of tensors of the same sizes";
  let description = [{
    The region computes one cell from the same cell of each tensor; it may use
    scalars from outside.

    Example:

    ```mlir
    %y = net.activation (%s = %x : tensor<?xf64>) -> tensor<?xf64> {
      %t = arith.mulf %s, %c : f64
      net.yield %t : f64
    }
    ```
  }];
  let arguments = (ins Variadic<Net_Tensor>:$xs);
  let regions = (region SizedRegion<1>:$body);
  let results = (outs Net_Tensor:$result);
  let hasCustomAssemblyFormat = 1;
  let hasRegionVerifier = 1;
}

class Net_SumOp<string name> : Net_Op<name, [Pure, AllTypesMatch<["a", "b", "result"]>]> {
  let arguments = (ins Net_Tensor:$a, Net_Tensor:$b);
  let results = (outs Net_Tensor:$result);
  let assemblyFormat = "$a `,` $b attr-dict `:` type($result)";
}
def Net_AddOp : Net_SumOp<"add"> {
  let summary = "a skip connection: a + b";
  let description = [{
    Example:

    ```mlir
    %s = net.add %x, %y : tensor<?xf64>
    ```
  }];
}
def Net_SubtractOp : Net_SumOp<"subtract"> {
  let summary = "a - b";
  let description = [{
    Example:

    ```mlir
    %d = net.subtract %x, %y : tensor<?xf64>
    ```
  }];
}

def Net_ScaleOp : Net_LayerOp<"scale"> {
  let summary = "x times a scalar, which is rounded to the element type first";
  let description = [{
    Example:

    ```mlir
    %y = net.scale %x by %c : tensor<?xf64> -> tensor<?xf64>
    ```
  }];
  let arguments = (ins Net_Tensor:$x, F64:$factor);
  let assemblyFormat = "$x `by` $factor attr-dict `:` type($x) `->` type($result)";
}

/// A layer that is told its sizes.
class Net_SourceOp<string name> : Net_Op<name, [Pure]> {
  let results = (outs Net_Tensor:$result);
  let hasVerifier = 1;
}
def Net_CoordinateOp : Net_SourceOp<"coordinate"> {
  let summary = "first + (i - before)*spacing along an axis";
  let description = [{
    `before` tells how many cells there are before cell 0 of each axis; without
    it, none.

    Example:

    ```mlir
    %y = net.coordinate 0 first %a spacing %b sizes(%n) before [1]
        : tensor<?xf64>
    ```
  }];
  let arguments = (ins I64Attr:$axis, F64:$first, F64:$spacing,
      Variadic<I64>:$sizes, OptionalAttr<DenseI64ArrayAttr>:$before);
  let assemblyFormat = [{
    $axis `first` $first `spacing` $spacing `sizes` `(` $sizes `)`
    (`before` $before^)? attr-dict `:` type($result)
  }];
  let extraClassDeclaration = [{
    /// How many cells lie before cell 0 of an axis.
    int64_t cellsBefore(unsigned axis) {
      return getBefore() ? (*getBefore())[axis] : 0;
    }
  }];
}
def Net_NoiseOp : Net_SourceOp<"noise"> {
  let summary = "uniform noise in [-1, 1)";
  let description = [{
    Example:

    ```mlir
    %y = net.noise %seed sizes(%n) : tensor<?xf64>
    ```
  }];
  let arguments = (ins I64:$seed, Variadic<I64>:$sizes);
  let assemblyFormat = "$seed `sizes` `(` $sizes `)` attr-dict `:` type($result)";
}

def Net_RepeatOp : Net_Op<"repeat",
    [SingleBlock, Pde_CountedLoopOpInterface]> {
  let summary = "a block, repeated with shared weights";
  let description = [{
    The region's first argument is the pass, from 0; the others are the values
    that the block hands to its next repetition.

    Example:

    ```mlir
    %r = net.repeat %n pass %i carry (%u = %x : tensor<?xf64>) {
      %v = net.add %u, %y : tensor<?xf64>
      net.yield %v : tensor<?xf64>
    }
    ```
  }];
  let arguments = (ins I64:$count, Variadic<Net_Carried>:$inits,
      UnitAttr:$evolution);
  let regions = (region SizedRegion<1>:$body);
  let results = (outs Variadic<Net_Carried>:$results);
  let hasCustomAssemblyFormat = 1;
  let hasRegionVerifier = 1;
}

/// The reductions are those of the pde dialect.
def Net_Reduction : Attr<
    CPred<"::llvm::isa<::pdec::pde::ReductionAttr>($_self)">, "a reduction"> {
  let storageType = "::pdec::pde::ReductionAttr";
  let returnType = "::pdec::pde::Reduction";
  let convertFromStorage = "$_self.getValue()";
}

def Net_ReduceOp : Net_Op<"reduce", [Pure]> {
  let summary = "a number of all cells of a tensor, in f64";
  let description = [{
    Example:

    ```mlir
    %s = net.reduce dot %x, %y : tensor<?xf64>, tensor<?xf64>
    ```
  }];
  let arguments = (ins Net_Reduction:$kind, Variadic<Net_Tensor>:$xs);
  let results = (outs F64:$result);
  let assemblyFormat = "$kind $xs attr-dict `:` type($xs)";
  let hasVerifier = 1;
}

def Net_EntryOp : Net_Op<"entry", [Pure]> {
  let summary = "a number of an array, in f64";
  let description = [{
    As `pde.entry`: weights that are parameters come from a tensor.

    Example:

    ```mlir
    %e = net.entry %x[%n, %seed] of [3, 25] : tensor<?xf64>
    ```
  }];
  let arguments = (ins Net_Tensor:$x, Variadic<I64>:$indices,
      DenseI64ArrayAttr:$extents);
  let results = (outs F64:$result);
  let assemblyFormat = [{
    $x `[` $indices `]` `of` $extents attr-dict `:` type($x)
  }];
  let hasVerifier = 1;
}

def Net_RecurOp : Net_Op<"recur",
    [SingleBlock, Pde_ConditionalLoopOpInterface]> {
  let summary = "a recurrent cell: a block, repeated until a condition holds";
  let description = [{
    As `pde.fixpoint`. What the block reads from outside is re-injected in every
    pass.

    Example:

    ```mlir
    %r = net.recur %max pass %i carry (%u = %x : tensor<?xf64>)
        attributes {loop = 0 : i64, what = "u", measure = "value", line = 1 : i64} {
      %v = net.scale %u by %c : tensor<?xf64> -> tensor<?xf64>
      %most = net.reduce max_abs %v : tensor<?xf64>
      %done = arith.cmpf olt, %most, %bound : f64
      net.until %done measured %most against %bound yield %v : tensor<?xf64>
    }
    ```
  }];
  let arguments = (ins I64:$max, Variadic<Net_Carried>:$inits, I64Attr:$loop,
      StrAttr:$what, StrAttr:$measure, I64Attr:$line, UnitAttr:$accept);
  let regions = (region SizedRegion<1>:$body);
  let results = (outs Variadic<Net_Carried>:$results);
  let hasCustomAssemblyFormat = 1;
  let hasRegionVerifier = 1;
}

def Net_UntilOp : Net_Op<"until", [Pure, Terminator,
    ParentOneOf<["RecurOp"]>, Pde_UntilOpInterface]> {
  let summary = "the end of a recurrent cell's pass";
  let description = [{
    Example:

    ```mlir
    %r = net.recur %max pass %i carry (%s = %c : f64)
        attributes {loop = 0 : i64, what = "s", measure = "value", line = 1 : i64} {
      %t = arith.mulf %s, %c : f64
      %done = arith.cmpf olt, %t, %bound : f64
      net.until %done measured %t against %bound yield %t : f64
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

def Net_ReverseOp : Net_Op<"reverse",
    [AttrSizedOperandSegments, Pde_ReversalOpInterface]> {
  let summary = "goes back through the repetitions of a block";
  let description = [{
    As `pde.reverse`: what trains networks calls backpropagation through a block
    that is repeated.

    Example:

    ```mlir
    %r = net.reverse %n replay %first for %m of (%u = %x : tensor<?xf64>) {
      %v = net.repeat %m pass %i carry (%w = %u : tensor<?xf64>) {
        %a = net.add %w, %w : tensor<?xf64>
        net.yield %a : tensor<?xf64>
      }
      net.yield %v : tensor<?xf64>
    } back pass %i of (%s : tensor<?xf64>) carry (%p = %y : tensor<?xf64>) {
      %q = net.add %p, %s : tensor<?xf64>
      net.yield %q : tensor<?xf64>
    }
    ```
  }];
  let arguments = (ins I64:$count, Variadic<Net_Carried>:$states,
      Variadic<Net_Carried>:$inits);
  let regions = (region SizedRegion<1>:$replay, SizedRegion<1>:$back);
  let results = (outs Variadic<Net_Carried>:$results);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

def Net_YieldOp : Net_Op<"yield", [Pure, Terminator, ReturnLike,
    ParentOneOf<["ActivationOp", "InputOp", "RepeatOp", "ReverseOp"]>]> {
  let summary = "the values of a region";
  let description = [{
    Example:

    ```mlir
    %y = net.activation (%s = %x : tensor<?xf64>) -> tensor<?xf64> {
      net.yield %s : f64
    }
    ```
  }];
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
  let builders = [OpBuilder<(ins), "">];
}

#endif // PDEC_NET_DIALECT
