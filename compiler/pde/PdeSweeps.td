//===- PdeSweeps.td - one pass over memory -----------------*- tablegen -*-===//

#ifndef PDEC_PDE_SWEEPS
#define PDEC_PDE_SWEEPS

include "compiler/pde/PdeBase.td"

def Pde_SweepOp : Pde_Op<"sweep", [SingleBlock, IsolatedFromAbove]> {
  let summary = "computes fields from stored ones in one pass over memory";
  let description = [{
    Made by pde-form-sweeps. The operands are all that it reads, stored fields
    and scalars; the region has an argument for each. It holds field operations,
    whose fields are never stored as a whole, the stencils that they apply, and
    constants and other arithmetic on scalars. The results are fields of one
    grid and element type; behind them there may be some of a grid that coarsens
    it, made by restriction.

    Example:

    ```mlir
    %v = pde.sweep (%u = %f : !pde.field<@X, f64>, %a = %tau : f64)
        -> !pde.field<@X, f64> {
      %one = arith.constant 1.0 : f64
      %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%a, %one) : <1>
      %w = pde.apply %k, %u : <1>, <@X, f64> -> <@X, f64>
      pde.yield %w : !pde.field<@X, f64>
    }
    ```
  }];
  let arguments = (ins Variadic<Pde_SweepOperand>:$operands);
  let regions = (region SizedRegion<1>:$body);
  let results = (outs Variadic<Pde_FieldType>:$results);
  let hasCustomAssemblyFormat = 1;
  let hasRegionVerifier = 1;
  let extraClassDeclaration = [{
    /// The type of the first result; all are of its grid.
    FieldType type() { return ::llvm::cast<FieldType>(getResultTypes()[0]); }
  }];
}

def Pde_YieldOp : Pde_Op<"yield", [Pure, Terminator, ReturnLike,
    ParentOneOf<["MapOp", "RateOp", "ReverseOp", "StepsOp", "SweepOp"]>]> {
  let summary = "the values of a region";
  let description = [{
    Example:

    ```mlir
    %c = pde.map () -> !pde.field<@X, f64> {
      pde.yield %half : f64
    }
    ```
  }];
  let arguments = (ins Variadic<AnyType>:$values);
  let assemblyFormat = "($values^ `:` type($values))? attr-dict";
  let builders = [OpBuilder<(ins), "">];
}

#endif // PDEC_PDE_SWEEPS
