// RUN: %pde-opt %s --pde-form-sweeps | FileCheck %s
// All new levels of a step come from one sweep; what two of them need is computed
// once. A level that only moves is not computed.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = pde.param "n" = 3 : i64 : i64
  %f = pde.input "f" -> <@X, f64>
  // CHECK: pde.steps {{.*}} carry (%[[U:.*]] = %{{.*}}, %[[V:.*]] = %{{.*}}, %[[W:.*]] =
  // CHECK-NEXT: %[[S:.*]]:2 = pde.sweep (
  // CHECK: pde.exp
  // CHECK-NOT: pde.exp
  // CHECK: pde.yield %[[S]]#0, %[[S]]#1, %[[U]]
  %r:3 = pde.steps %n pass %pass carry (%u = %f : !pde.field<@X, f64>, %v = %f : !pde.field<@X, f64>, %w = %f : !pde.field<@X, f64>) {
    %e = pde.map (%s = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %t = pde.exp %s : f64
      pde.yield %t : f64
    }
    %a = pde.map (%s = %e : !pde.field<@X, f64>, %t = %v : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %x = arith.addf %s, %t : f64
      pde.yield %x : f64
    }
    %b = pde.map (%s = %e : !pde.field<@X, f64>, %t = %w : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %x = arith.subf %s, %t : f64
      pde.yield %x : f64
    }
    pde.yield %a, %b, %u : !pde.field<@X, f64>, !pde.field<@X, f64>, !pde.field<@X, f64>
  }
  pde.output "u" %r#0 : <@X, f64>
}
