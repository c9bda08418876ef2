//===- PdeLoops.td - steps and fixed points ----------------*- tablegen -*-===//

#ifndef PDEC_PDE_LOOPS
#define PDEC_PDE_LOOPS

include "compiler/pde/PdeBase.td"

/// A loop whose region gets the pass, from 0, and the carried values.
class Pde_LoopOp<string name, list<Trait> traits, list<string> asked = []>
    : Pde_Op<name,
    [SingleBlock,
     DeclareOpInterfaceMethods<LoopLikeOpInterface, ["getLoopInductionVars",
       "getRegionIterArgs", "getYieldedValuesMutable", "getLoopResults"]
       # asked>,
     DeclareOpInterfaceMethods<RegionBranchOpInterface,
       ["getEntrySuccessorOperands"]>] # traits> {
  let regions = (region SizedRegion<1>:$body);
  let results = (outs Variadic<Pde_Carried>:$results);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
  let extraClassDefinition = [{
    ::llvm::SmallVector<::mlir::Region *> $cppClass::getLoopRegions() {
      return {&getBody()};
    }
    std::optional<::llvm::SmallVector<::mlir::Value>>
    $cppClass::getLoopInductionVars() {
      return ::llvm::SmallVector<::mlir::Value>{getBody().getArgument(0)};
    }
    ::mlir::Block::BlockArgListType $cppClass::getRegionIterArgs() {
      return getBody().getArguments().drop_front();
    }
    std::optional<::mlir::ResultRange> $cppClass::getLoopResults() {
      return getResults();
    }
    ::mlir::OperandRange
    $cppClass::getEntrySuccessorOperands(::mlir::RegionBranchPoint) {
      return getInits();
    }
    void $cppClass::getSuccessorRegions(::mlir::RegionBranchPoint,
        ::llvm::SmallVectorImpl<::mlir::RegionSuccessor> &regions) {
      regions.emplace_back(&getBody(), getRegionIterArgs());
      regions.emplace_back(getResults());
    }
  }];
}

def Pde_StepsOp : Pde_LoopOp<"steps", [Pde_CountedLoopOpInterface],
    ["getLoopLowerBounds", "getLoopSteps", "getLoopUpperBounds"]> {
  let summary = "repeats a step, carrying fields and scalars (levels)";
  let description = [{
    The region's first argument is the pass, from 0; the others are the carried
    values. A negative count means none.

    Example:

    ```mlir
    %r = pde.steps %n pass %i carry (%u = %f : !pde.field<@X, f64>) {
      %v = pde.apply %k, %u : <1>, <@X, f64> -> <@X, f64>
      pde.yield %v : !pde.field<@X, f64>
    }
    ```
  }];
  let arguments = (ins I64:$count, Variadic<Pde_Carried>:$inits,
      UnitAttr:$evolution);
}

def Pde_FixpointOp : Pde_LoopOp<"fixpoint",
    [Pde_ConditionalLoopOpInterface]> {
  let summary = "repeats until a condition holds, carrying fields and scalars";
  let description = [{
    Each pass makes new values; `pde.until` at its end says whether they are the
    result. After `max` passes without that the run fails, or, with `accept`,
    goes on with the last values. With a `max` below one there is no pass
    at all.
    `loop` is the loop's number in the program; `what` (the carried name),
    `measure` ("change", "residual", "value", "condition", or the name of what a
    solver asks for) and `line` are for messages.

    Example:

    ```mlir
    %r = pde.fixpoint %max pass %i carry (%u = %f : !pde.field<@X, f64>)
        attributes {loop = 0 : i64, what = "u", measure = "value", line = 1 : i64} {
      %v = pde.apply %k, %u : <1>, <@X, f64> -> <@X, f64>
      %most = pde.reduce max_abs %v : !pde.field<@X, f64>
      %done = arith.cmpf olt, %most, %bound : f64
      pde.until %done measured %most against %bound yield %v : !pde.field<@X, f64>
    }
    ```
  }];
  let arguments = (ins I64:$max, Variadic<Pde_Carried>:$inits, I64Attr:$loop,
      StrAttr:$what, StrAttr:$measure, I64Attr:$line, UnitAttr:$accept);
}

def Pde_UntilOp : Pde_Op<"until", [Pure, Terminator,
    ParentOneOf<["FixpointOp"]>, Pde_UntilOpInterface,
    DeclareOpInterfaceMethods<RegionBranchTerminatorOpInterface>]> {
  let summary = "the end of a fixpoint's pass";
  let description = [{
    `value` is what was compared with `bound`, for reports only.

    Example:

    ```mlir
    %r = pde.fixpoint %max pass %i carry (%a = %half : f64)
        attributes {loop = 0 : i64, what = "a", measure = "value", line = 1 : i64} {
      %b = arith.mulf %a, %half : f64
      %done = arith.cmpf olt, %b, %bound : f64
      pde.until %done measured %b against %bound yield %b : f64
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

def Pde_ReverseOp : Pde_Op<"reverse",
    [AttrSizedOperandSegments, RecursiveMemoryEffects, Pde_ReversalOpInterface]> {
  let summary = "goes back through the passes of a loop, with the state of each";
  let description = [{
    The states are s_0, the values given, and s_(k+1), what pass k makes of s_k.
    `replay` says how: it gets a number k, how many passes there are to make,
    and s_k, and yields the state after these. `back` gets each pass, from
    count - 1 down to 0, its state, and the carried values. Each state is one
    value, however often it is made again: how many are kept depends on the
    memory there is.

    Example:

    ```mlir
    %r = pde.reverse %n replay %first for %m of (%u = %f : !pde.field<@X, f64>) {
      %v = pde.steps %m pass %i carry (%w = %u : !pde.field<@X, f64>) {
        %x = pde.map (%a = %w : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
          %b = arith.mulf %a, %a : f64
          pde.yield %b : f64
        }
        pde.yield %x : !pde.field<@X, f64>
      }
      pde.yield %v : !pde.field<@X, f64>
    } back pass %i of (%s : !pde.field<@X, f64>)
        carry (%p = %f : !pde.field<@X, f64>) {
      %q = pde.map (%a = %s : !pde.field<@X, f64>, %c = %p : !pde.field<@X, f64>)
          -> !pde.field<@X, f64> {
        %d = arith.mulf %a, %c : f64
        %e = arith.addf %d, %d : f64
        pde.yield %e : f64
      }
      pde.yield %q : !pde.field<@X, f64>
    }
    ```
  }];
  let arguments = (ins I64:$count, Variadic<Pde_Carried>:$states,
      Variadic<Pde_Carried>:$inits);
  let regions = (region SizedRegion<1>:$replay, SizedRegion<1>:$back);
  let results = (outs Variadic<Pde_Carried>:$results);
  let hasCustomAssemblyFormat = 1;
  let hasVerifier = 1;
  let hasRegionVerifier = 1;
}

#endif // PDEC_PDE_LOOPS
