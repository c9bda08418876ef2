//===- PdeSolutions.td - what solves equations -------------*- tablegen -*-===//
//
// What pde-differentiate makes derivatives of solutions of. It leaves none of
// these operations, so that nothing after it knows them.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PDE_SOLUTIONS
#define PDEC_PDE_SOLUTIONS

include "compiler/pde/PdeDialect.td"

def Pde_PullbackOp : Pde_Op<"pullback",
    [Pure, AllTypesMatch<["value", "cotangent"]>,
     AllTypesMatch<["variable", "result"]>]> {
  let summary = "the transpose of a derivative";
  let description = [{
    How `cotangent` times the value changes with each row of the variable, where
    the cotangent is held. `pde-differentiate` makes operations of it before all
    else.

    Example:

    ```mlir
    %v = pde.variable %f : !pde.field<@X, f64>
    %w = pde.apply %k, %v : <1>, <@X, f64> -> <@X, f64>
    %t = pde.pullback %w along %f : !pde.field<@X, f64> by %v : !pde.field<@X, f64>
    ```
  }];
  let arguments = (ins Pde_Carried:$value, Pde_Carried:$cotangent,
      Pde_Carried:$variable);
  let results = (outs Pde_Carried:$result);
  let assemblyFormat = [{
    $value `along` $cotangent `:` type($value) `by` $variable attr-dict `:`
    type($variable)
  }];
}

def Pde_SolutionOp : Pde_Op<"solution", [Pure, AttrSizedOperandSegments]> {
  let summary = "what solves an equation, however it was found";
  let description = [{
    The values found themselves, and what their derivatives are made of instead
    of what found them. Each region gets values like those found, x. `residual`
    yields what is zero of a solution. The others solve equations that are
    linear in what they yield: `tangent` gets also right sides and first
    approximations, and its equation is that of the residual, linearised at x;
    `adjoint` gets also right sides, and has the transposed equation. Either may
    be empty; then `noTangent` or `noAdjoint` says why. `starts` are what the
    values were found from, if something of that may be left in them, as where
    solutions differ by constants. `pde-differentiate` leaves no such operation.

    Example:

    ```mlir
    %x = pde.solution %f : !pde.field<@X, f64> -> !pde.field<@X, f64>
      attributes {noTangent = "it is not asked for"} residual {
    ^bb0(%at: !pde.field<@X, f64>):
      %r = pde.apply %k, %at : <1>, <@X, f64> -> <@X, f64>
      pde.give %r : !pde.field<@X, f64>
    } tangent {} adjoint {
    ^bb0(%at: !pde.field<@X, f64>, %right: !pde.field<@X, f64>):
      pde.give %right : !pde.field<@X, f64>
    }
    ```
  }];
  let arguments = (ins Variadic<Pde_Carried>:$found,
      Variadic<Pde_Carried>:$starts, OptionalAttr<StrAttr>:$noTangent,
      OptionalAttr<StrAttr>:$noAdjoint);
  let regions = (region SizedRegion<1>:$residual, AnyRegion:$tangent,
      AnyRegion:$adjoint);
  let results = (outs Variadic<Pde_Carried>:$results);
  let hasRegionVerifier = 1;
  let assemblyFormat = [{
    $found `:` type($found) (`from` $starts^ `:` type($starts))? `->`
    type($results) attr-dict-with-keyword `residual` $residual `tangent` $tangent
    `adjoint` $adjoint
  }];
}

def Pde_GiveOp : Pde_Op<"give", [Pure, Terminator, ReturnLike,
    ParentOneOf<["SolutionOp"]>]> {
  let summary = "what a function of a solution gives";
  let description = [{
    Example:

    ```mlir
    %x = pde.solution %f : !pde.field<@X, f64> -> !pde.field<@X, f64>
      attributes {noTangent = "no", noAdjoint = "no"} residual {
    ^bb0(%at: !pde.field<@X, f64>):
      pde.give %at : !pde.field<@X, f64>
    } tangent {} adjoint {}
    ```
  }];
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
}

#endif // PDEC_PDE_SOLUTIONS
