//===- PdeResults.td - numbers and records that users get --*- tablegen -*-===//
//
// Operations that a scheme and the network of it share: what they take is
// numbers, or what a field is there.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PDE_RESULTS
#define PDEC_PDE_RESULTS

include "compiler/pde/PdeDialect.td"

def Pde_NumberOp : Pde_Op<"number", [Pde_OutputOpInterface]> {
  let summary = "a number handed back to the user, an output like a field";
  let description = [{
    Example:

    ```mlir
    pde.number "energy" %half
    ```
  }];
  let arguments = (ins StrAttr:$name, F64:$value);
  let assemblyFormat = "$name $value attr-dict";
  let hasVerifier = 1;
}

def Pde_RecordOp : Pde_Op<"record"> {
  let summary = "adds a field or numbers to a record of an evolution";
  let description = [{
    `step` is how many steps have been made. A record has one kind of values: a
    field (a tensor in a network), or so many numbers. The operation stands where
    that happens, in loops too.

    Example:

    ```mlir
    pde.record "energy" at %n, %half, %half : f64, f64
    ```
  }];
  let arguments = (ins StrAttr:$name, I64:$step,
      Variadic<AnyTypeOf<[Pde_FieldType, AnyRankedTensor, F64]>>:$values);
  let assemblyFormat = "$name `at` $step `,` $values attr-dict `:` type($values)";
  let hasVerifier = 1;
}

def Pde_StepLengthOp : Pde_Op<"step_length"> {
  let summary = "how long the steps of an evolution are";
  let description = [{
    `multiple` is their length over that of the longest steps which are proved to
    be stable. The evolution is the one of the operation's line. A run is warned
    where that is more than 1. Made by pde-measure-steps.

    Example:

    ```mlir
    pde.step_length %half
    ```
  }];
  let arguments = (ins F64:$multiple);
  let assemblyFormat = "$multiple attr-dict";
}

#endif // PDEC_PDE_RESULTS
