// RUN: %pde-opt %s --pde-form-sweeps | FileCheck %s
// A default is a sweep of its own, which only the input reads, unless it is
// stored already; an output of a stored field needs no sweep.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %seed = arith.constant 7 : i64
  // CHECK: %[[S:.*]] = pde.sweep () -> !pde.field<@X, f64> {
  // CHECK-NEXT: %[[SEED:.*]] = arith.constant 7
  // CHECK-NEXT: pde.noise %[[SEED]]
  // CHECK-NEXT: pde.yield
  // CHECK: %[[F:.*]] = pde.input "f" default %[[S]]
  %noise = pde.noise %seed : <@X, f64>
  %f = pde.input "f" default %noise : !pde.field<@X, f64> -> <@X, f64>
  // CHECK-NEXT: pde.output "same" %[[F]]
  pde.output "same" %f : <@X, f64>
  // CHECK-NEXT: %[[T:.*]] = pde.sweep ()
  // CHECK: pde.noise
  // CHECK: pde.output "other" %[[T]]
  pde.output "other" %noise : <@X, f64>
  // CHECK-NEXT: pde.input "again" default %[[T]]
  %again = pde.input "again" default %noise : !pde.field<@X, f64> -> <@X, f64>
}
