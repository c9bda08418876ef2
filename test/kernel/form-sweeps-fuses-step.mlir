// RUN: %pde-opt %s --pde-form-sweeps | FileCheck %s
// A step, whatever operators and maps it has, becomes one sweep: one read of the
// state, one write. Nothing that computes fields remains outside, and the operator
// that both apply and adjoint use is made inside, once.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
pde.program @p {
  %one = arith.constant 1.0 : f64
  %minus = arith.constant -1.0 : f64
  %n = pde.param "n" = 3 : i64 : i64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%minus, %one) : <1>
  // CHECK: pde.steps %{{.*}} pass %{{.*}} carry (%[[U:.*]] =
  // CHECK-NEXT: %[[S:.*]] = pde.sweep (%[[I:.*]] = %[[U]] : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
  // CHECK-NEXT: %[[MINUS:.*]] = arith.constant -1.0
  // CHECK-NEXT: %[[ONE:.*]] = arith.constant 1.0
  // CHECK-NEXT: %[[K:.*]] = pde.stencil {{.*}} weights(%[[MINUS]], %[[ONE]])
  // CHECK-NEXT: %[[D:.*]] = pde.apply %[[K]], %[[I]]
  // CHECK-NEXT: %[[P:.*]] = pde.map ({{.*}} = %[[D]] :
  // CHECK: %[[A:.*]] = pde.adjoint %[[K]], %[[P]]
  // CHECK-NEXT: %[[V:.*]] = pde.map ({{.*}} = %[[I]] : {{.*}} = %[[A]] :
  // CHECK: pde.yield %[[V]] : !pde.field<@X, f64>
  // CHECK-NEXT: }
  // CHECK-NEXT: pde.yield %[[S]] : !pde.field<@X, f64>
  %r = pde.steps %n pass %pass carry (%u = %f : !pde.field<@X, f64>) {
    %d = pde.apply %k, %u : <1>, <@X, f64> -> <@X, f64>
    %p = pde.map (%s = %d : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %t = pde.exp %s : f64
      pde.yield %t : f64
    }
    %a = pde.adjoint %k, %p : <1>, <@X, f64> -> <@X, f64>
    %v = pde.map (%s = %u : !pde.field<@X, f64>, %t = %a : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %w = arith.subf %s, %t : f64
      pde.yield %w : f64
    }
    pde.yield %v : !pde.field<@X, f64>
  }
  // CHECK: pde.output
  pde.output "u" %r : <@X, f64>
}
