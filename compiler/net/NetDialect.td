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
include "compiler/pde/Boundary.td"
include "compiler/pde/ProgramOpInterfaces.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

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
  }];
  let arguments = (ins SymbolNameAttr:$sym_name);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = "$sym_name attr-dict-with-keyword $body";
}

def Net_InputOp : Net_Op<"input", [SingleBlock, Pde_InputOpInterface]> {
  let summary = "a tensor that the user hands over, or its default";
  let description = "`rows` are those beyond the grid's cells along each axis.";
  let arguments = (ins StrAttr:$name, FlatSymbolRefAttr:$grid,
                       OptionalAttr<DenseI64ArrayAttr>:$rows);
  let regions = (region MaxSizedRegion<1>:$initial);
  let results = (outs Net_Tensor:$result);
  let assemblyFormat = [{
    $name `on` $grid (`rows` $rows^)? (`default` $initial^)? attr-dict `:` type($result)
  }];
  let extraClassDeclaration = [{
    bool hasDefault() { return !getInitial().empty(); }
  }];
}

def Net_OutputOp : Net_Op<"output", [Pde_OutputOpInterface]> {
  let summary = "a tensor handed back to the user";
  let arguments = (ins StrAttr:$name, Net_Tensor:$value);
  let assemblyFormat = "$name $value attr-dict `:` type($value)";
}

def Net_WeightsOp : Net_Op<"weights", [Pure, AttrSizedOperandSegments]> {
  let summary = "shared weights: offsets, values and a factor for the sum";
  let arguments = (ins ArrayAttr:$offsets, Variadic<F64>:$values,
      Optional<F64>:$scale);
  let results = (outs Net_WeightsType:$result);
  let assemblyFormat = [{
    $offsets `values` `(` $values `)` (`scale` $scale^)? attr-dict `:`
    type($result)
  }];
  let hasVerifier = 1;
}

class Net_LayerOp<string name> : Net_Op<name, [Pure]> {
  let results = (outs Net_Tensor:$result);
}

def Net_PadOp : Net_LayerOp<"pad"> {
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
  }];
  let arguments = (ins Net_Tensor:$x, Net_Margins:$margins,
      Variadic<AnyTypeOf<[F64, Net_Tensor]>>:$values,
      OptionalAttr<ArrayAttr>:$rows);
  let assemblyFormat = [{
    $x $margins (`values` `(` $values^ `:` type($values) `)`)? (`rows` $rows^)?
    attr-dict `:` type($x) `->` type($result)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// What a side is given.
    ::pdec::pde::SideOperands side(unsigned axis, bool high);
    /// The cells more than x that a side's tensor has, low and high of each
    /// axis; empty: none.
    ::llvm::ArrayRef<int64_t> sideRows(unsigned axis, bool high);
  }];
}

def Net_FoldOp : Net_LayerOp<"fold"> {
  let summary = "the transpose of pad: adds a margin to the cells it is made of";
  let description = [{
    `weights` holds the weights of sides that are given them, in the order low,
    high of each axis, for each distance from 1 to the margin.
  }];
  let arguments = (ins Net_Tensor:$x, Net_Margins:$margins,
      Variadic<F64>:$weights);
  let assemblyFormat = [{
    $x $margins (`weights` `(` $weights^ `)`)? attr-dict `:` type($x) `->`
    type($result)
  }];
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// What a side is given.
    ::pdec::pde::SideOperands side(unsigned axis, bool high);
  }];
}

class Net_ConvolutionOp<string name> : Net_LayerOp<name> {
  let description = "Without `strides`, all are one.";
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
}
def Net_ConvTransposeOp : Net_ConvolutionOp<"conv_transpose"> {
  let summary = "its full transpose, with the same weights";
}

def Net_ActivationOp : Net_Op<"activation", [Pure, SingleBlock]> {
  let summary = "a pointwise function of tensors of the same sizes";
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
}
def Net_SubtractOp : Net_SumOp<"subtract"> { let summary = "a - b"; }

def Net_ScaleOp : Net_Op<"scale", [Pure]> {
  let summary = "x times a scalar, which is rounded to the element type first";
  let arguments = (ins Net_Tensor:$x, F64:$factor);
  let results = (outs Net_Tensor:$result);
  let assemblyFormat = "$x `by` $factor attr-dict `:` type($x) `->` type($result)";
}

class Net_SourceOp<string name> : Net_LayerOp<name>;
def Net_CoordinateOp : Net_SourceOp<"coordinate"> {
  let summary = "first + (i - before)*spacing along an axis";
  let arguments = (ins I64Attr:$axis, F64:$first, F64:$spacing,
      Variadic<I64>:$sizes, DefaultValuedAttr<I64Attr, "0">:$before);
  let assemblyFormat = [{
    $axis `first` $first `spacing` $spacing `sizes` `(` $sizes `)` attr-dict `:`
    type($result)
  }];
}
def Net_NoiseOp : Net_SourceOp<"noise"> {
  let summary = "uniform noise in [-1, 1)";
  let arguments = (ins I64:$seed, Variadic<I64>:$sizes);
  let assemblyFormat = "$seed `sizes` `(` $sizes `)` attr-dict `:` type($result)";
}

def Net_RepeatOp : Net_Op<"repeat",
    [SingleBlock, Pde_CountedLoopOpInterface]> {
  let summary = "a block, repeated with shared weights";
  let description = [{
    The region's first argument is the pass, from 0; the others are the values
    that the block hands to its next repetition.
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
  let arguments = (ins Net_Reduction:$kind, Variadic<Net_Tensor>:$xs);
  let results = (outs F64:$result);
  let assemblyFormat = "$kind $xs attr-dict `:` type($xs)";
  let hasVerifier = 1;
}

def Net_RecurOp : Net_Op<"recur",
    [SingleBlock, Pde_ConditionalLoopOpInterface]> {
  let summary = "a recurrent cell: a block, repeated until a condition holds";
  let description = [{
    As `pde.fixpoint`. What the block reads from outside is re-injected in every
    pass.
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
  let arguments = (ins I1:$done, F64:$value, F64:$bound,
      Variadic<AnyType>:$values);
  let assemblyFormat = [{
    $done `measured` $value `against` $bound (`yield` $values^ `:`
    type($values))? attr-dict
  }];
}

def Net_YieldOp : Net_Op<"yield", [Pure, Terminator, ReturnLike]> {
  let summary = "the values of a region";
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
  let builders = [OpBuilder<(ins), "">];
}

#endif // PDEC_NET_DIALECT
