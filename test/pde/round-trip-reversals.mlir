// RUN: %pde-opt %s | %pde-opt | FileCheck %s
// Loops that go back through passes print as they are read, with states and
// carried values of several types.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %n = pde.param "n" = 3 : i64 : i64
  %c = arith.constant 0.5 : f64
  %f = pde.input "f" -> <@X, f64>
  // CHECK: %{{.*}}:2 = pde.reverse %{{.*}} replay %[[FIRST:.*]] for %[[M:.*]] of (%[[U:.*]] = %{{.*}} : !pde.field<@X, f64>, %[[A:.*]] = %{{.*}} : f64) {
  %r:2 = pde.reverse %n replay %first for %m of (%u = %f : !pde.field<@X, f64>, %a = %c : f64) {
    // CHECK-NEXT: arith.addi %[[FIRST]], %[[M]] : i64
    %k = arith.addi %first, %m : i64
    // CHECK-NEXT: pde.yield %[[U]], %[[A]] : !pde.field<@X, f64>, f64
    pde.yield %u, %a : !pde.field<@X, f64>, f64
  // CHECK-NEXT: } back pass %{{.*}} of (%[[S:.*]] : !pde.field<@X, f64>, %[[B:.*]] : f64) carry (%[[P:.*]] = %{{.*}} : f64, %[[Q:.*]] = %{{.*}} : !pde.field<@X, f64>) {
  } back pass %i of (%s : !pde.field<@X, f64>, %b : f64) carry (%p = %c : f64, %q = %f : !pde.field<@X, f64>) {
    // CHECK-NEXT: pde.yield %[[B]], %[[S]] : f64, !pde.field<@X, f64>
    pde.yield %b, %s : f64, !pde.field<@X, f64>
  }
  // CHECK: %[[V:.*]] = pde.variable %{{.*}} : !pde.field<@X, f64>
  %v = pde.variable %f : !pde.field<@X, f64>
  // CHECK: pde.gradient %{{.*}}#0 by %[[V]] : !pde.field<@X, f64>
  %g = pde.gradient %r#0 by %v : !pde.field<@X, f64>
  pde.output "g" %g : <@X, f64>
}
