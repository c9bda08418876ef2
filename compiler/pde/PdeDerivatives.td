//===- PdeDerivatives.td - what derivatives are asked for --*- tablegen -*-===//

#ifndef PDEC_PDE_DERIVATIVES
#define PDEC_PDE_DERIVATIVES

include "compiler/pde/PdeBase.td"

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

#endif // PDEC_PDE_DERIVATIVES
