// RUN: %pde-opt %s --pde-form-sweeps | FileCheck %s
// A field that a loop takes from outside is computed and stored before it, once;
// a coordinate is computed anew where it is read.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %one = arith.constant 1.0 : f64
  %n = pde.param "n" = 3 : i64 : i64
  %f = pde.input "f" -> <@X, f64>
  // CHECK: %[[C:.*]] = pde.sweep (
  // CHECK: pde.exp
  // CHECK: }
  %c = pde.map (%s = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %t = pde.exp %s : f64
    pde.yield %t : f64
  }
  %x = pde.coordinate 0 first %one spacing %one : <@X, f64>
  // CHECK: pde.steps
  // CHECK-NEXT: pde.sweep ({{.*}}, %[[I:.*]] = %[[C]] : !pde.field<@X, f64>)
  // CHECK: %[[X:.*]] = pde.coordinate
  // CHECK-NEXT: pde.map ({{.*}} = %[[I]] : {{.*}} = %[[X]] :
  // CHECK-NOT: pde.exp
  // CHECK: pde.output
  %r = pde.steps %n pass %pass carry (%u = %f : !pde.field<@X, f64>) {
    %v = pde.map (%s = %u : !pde.field<@X, f64>, %t = %c : !pde.field<@X, f64>, %y = %x : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %w = arith.mulf %s, %t : f64
      %z = arith.addf %w, %y : f64
      pde.yield %z : f64
    }
    pde.yield %v : !pde.field<@X, f64>
  }
  pde.output "u" %r : <@X, f64>
}
