//===- PdeFunctions.td - pointwise functions ---------------*- tablegen -*-===//

#ifndef PDEC_PDE_FUNCTIONS
#define PDEC_PDE_FUNCTIONS

include "compiler/pde/PdeBase.td"

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

#endif // PDEC_PDE_FUNCTIONS
