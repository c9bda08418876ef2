// RUN: %pde-opt %s --loop-invariant-code-motion | FileCheck %s
// Upstream's passes know our loops: what does not depend on the pass, nor on what
// is carried, can be moved out of them.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = pde.param "n" = 3 : i64 : i64
  %a = pde.param "a" = 0.5 : f64 : f64
  %f = pde.input "f" -> <@X, f64>
  // CHECK: arith.mulf
  // CHECK-NEXT: pde.steps
  // CHECK-NEXT: arith.sitofp
  // CHECK-NEXT: pde.map
  %r = pde.steps %n pass %pass carry (%u = %f : !pde.field<@X, f64>) {
    %b = arith.mulf %a, %a : f64
    %c = arith.sitofp %pass : i64 to f64
    %v = pde.map (%s = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %t = arith.mulf %s, %b : f64
      %w = arith.mulf %t, %c : f64
      pde.yield %w : f64
    }
    pde.yield %v : !pde.field<@X, f64>
  }
  // CHECK: pde.map ({{.*}} = %[[F:.*]] :
  // CHECK: pde.fixpoint
  // CHECK-NOT: pde.map
  // CHECK: pde.reduce
  %q = pde.fixpoint %n pass %pass carry (%u = %r : !pde.field<@X, f64>) attributes {loop = 0 : i64, what = "u", measure = "value", line = 1 : i64} {
    %v = pde.map (%s = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %t = arith.mulf %s, %s : f64
      pde.yield %t : f64
    }
    %most = pde.reduce max_abs %u : !pde.field<@X, f64>
    %done = arith.cmpf olt, %most, %a : f64
    pde.until %done measured %most against %a yield %v : !pde.field<@X, f64>
  }
  pde.output "u" %q : <@X, f64>
}
