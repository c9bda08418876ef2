// RUN: %pde-opt %s --pde-form-sweeps | FileCheck %s
// What goes to another grid is stored on its own; the transfer itself is part of
// a sweep there.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.grid @C [#pde.axis<"x" : reflecting, reflecting coarsened by cell>] coarsens @X
pde.program @p {
  %half = arith.constant 0.5 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%half, %half) : <1>
  // CHECK: %[[E:.*]] = pde.sweep ({{.*}}) -> !pde.field<@X, f64> {
  // CHECK-NEXT: pde.map ({{.*}} = %{{.*}} : !pde.field<@X, f64>)
  %e = pde.map (%s = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %t = pde.exp %s : f64
    pde.yield %t : f64
  }
  // CHECK: %[[Q:.*]] = pde.sweep (%[[IE:.*]] = %[[E]] : !pde.field<@X, f64>) -> !pde.field<@C, f64> {
  // CHECK: %[[R:.*]] = pde.restrict %{{.*}}, %[[IE]]
  // CHECK-NEXT: pde.map ({{.*}} = %[[R]] : !pde.field<@C, f64>)
  %r = pde.restrict %k, %e : <1>, <@X, f64> -> <@C, f64>
  %q = pde.map (%s = %r : !pde.field<@C, f64>) -> !pde.field<@C, f64> {
    %t = arith.mulf %s, %s : f64
    pde.yield %t : f64
  }
  // CHECK: pde.sweep (%[[IQ:.*]] = %[[Q]] : !pde.field<@C, f64>) -> !pde.field<@X, f64> {
  // CHECK: pde.prolong %{{.*}}, %[[IQ]]
  %p = pde.prolong %k, %q : <1>, <@C, f64> -> <@X, f64>
  pde.output "p" %p : <@X, f64>
}
