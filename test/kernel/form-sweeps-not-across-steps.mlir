// RUN: %pde-opt %s --pde-form-sweeps | FileCheck %s
// Two loops stay two: the result of the first is stored, and so is that of a loop
// within a step.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = pde.param "n" = 3 : i64 : i64
  %f = pde.input "f" -> <@X, f64>
  // CHECK: %[[R:.*]] = pde.steps {{.*}} carry (%[[U:.*]] =
  // CHECK-NEXT: %[[I:.*]] = pde.steps {{.*}} carry (%[[V:.*]] = %[[U]] :
  // CHECK-NEXT: pde.sweep ({{.*}} = %[[V]] :
  // CHECK-NEXT: pde.map
  // CHECK: pde.sweep ({{.*}} = %[[I]] :
  // CHECK-NEXT: pde.map
  %r = pde.steps %n pass %pass carry (%u = %f : !pde.field<@X, f64>) {
    %i = pde.steps %n pass %inner carry (%v = %u : !pde.field<@X, f64>) {
      %w = pde.map (%s = %v : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
        %t = arith.mulf %s, %s : f64
        pde.yield %t : f64
      }
      pde.yield %w : !pde.field<@X, f64>
    }
    %x = pde.map (%s = %i : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %t = arith.addf %s, %s : f64
      pde.yield %t : f64
    }
    pde.yield %x : !pde.field<@X, f64>
  }
  // CHECK: pde.steps {{.*}} carry ({{.*}} = %[[R]] :
  %q = pde.steps %n pass %pass carry (%u = %r : !pde.field<@X, f64>) {
    %w = pde.map (%s = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %t = arith.negf %s : f64
      pde.yield %t : f64
    }
    pde.yield %w : !pde.field<@X, f64>
  }
  pde.output "u" %q : <@X, f64>
}
