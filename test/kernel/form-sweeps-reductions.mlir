// RUN: %pde-opt %s --pde-form-sweeps | FileCheck %s
// What is reduced is stored. What its computation passes by and the pass hands
// on anyway, the same sweep stores: it is computed and read once.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %bound = arith.constant 1.0e-3 : f64
  %n = pde.param "n" = 3 : i64 : i64
  %f = pde.input "f" -> <@X, f64>
  // CHECK: pde.fixpoint {{.*}} carry (%[[U:[a-z0-9]*]] =
  // CHECK-NEXT: %[[S:.*]]:2 = pde.sweep (%[[I:[a-z0-9]*]] = %[[U]] : {{.*}}) -> (!pde.field<@X, f64>, !pde.field<@X, f64>) {
  // CHECK-NEXT: %[[W:.*]] = pde.map ({{.*}} = %[[I]] :
  // CHECK: pde.exp
  // CHECK: %[[D:.*]] = pde.map ({{.*}} = %[[W]] : {{.*}} = %[[I]] :
  // CHECK: pde.yield %[[D]], %[[W]] :
  // CHECK: pde.reduce max_abs %[[S]]#0
  // CHECK-NOT: pde.exp
  // CHECK-NOT: pde.sweep
  // CHECK: pde.until %{{.*}} yield %[[S]]#1
  %r = pde.fixpoint %n pass %pass carry (%u = %f : !pde.field<@X, f64>) attributes {loop = 0 : i64, what = "u", measure = "change", line = 1 : i64} {
    %w = pde.map (%s = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %t = pde.exp %s : f64
      pde.yield %t : f64
    }
    %d = pde.map (%s = %w : !pde.field<@X, f64>, %t = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %x = arith.subf %s, %t : f64
      pde.yield %x : f64
    }
    %change = pde.reduce max_abs %d : !pde.field<@X, f64>
    %done = arith.cmpf olt, %change, %bound : f64
    pde.until %done measured %change against %bound yield %w : !pde.field<@X, f64>
  }
  pde.output "u" %r : <@X, f64>
}
