// RUN: %pde-opt %s --pde-merge-maps | FileCheck %s
// A map that one other map of its block reads, once, becomes part of it, in the
// order of the operations; a field that both read is one operand.

pde.grid @X [#pde.axis<"x" : dirichlet, reflecting>]
pde.program @p {
  %c = arith.constant 0.5 : f64
  %n = arith.constant 2 : i64
  // CHECK: %[[F:.*]] = pde.input "f"
  %f = pde.input "f" -> <@X, f64>
  // CHECK: %[[G:.*]] = pde.input "g"
  %g = pde.input "g" -> <@X, f64, [1], [0]>
  // CHECK-NEXT: %[[U:.*]] = pde.map (%[[A:.*]] = %[[F]] : !pde.field<@X, f64>, %[[B:.*]] = %[[G]] : !pde.field<@X, f64, [1], [0]>) -> !pde.field<@X, f64> {
  // CHECK-NEXT: %[[S:.*]] = arith.mulf %[[B]], %{{.*}} : f64
  // CHECK-NEXT: %[[T:.*]] = arith.subf %[[A]], %[[S]] : f64
  // CHECK-NEXT: %[[V:.*]] = arith.addf %[[T]], %[[A]] : f64
  // CHECK-NEXT: pde.yield %[[V]] : f64
  // CHECK-NEXT: }
  %s = pde.map (%b = %g : !pde.field<@X, f64, [1], [0]>) -> !pde.field<@X, f64, [1], [0]> {
    %x = arith.mulf %b, %c : f64
    pde.yield %x : f64
  }
  %t = pde.map (%a = %f : !pde.field<@X, f64>, %b = %s : !pde.field<@X, f64, [1], [0]>) -> !pde.field<@X, f64> {
    %x = arith.subf %a, %b : f64
    pde.yield %x : f64
  }
  %u = pde.map (%a = %t : !pde.field<@X, f64>, %b = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %x = arith.addf %a, %b : f64
    pde.yield %x : f64
  }
  // Read twice, or in a loop that would compute it again: it stays.
  // CHECK-NEXT: %[[W:.*]] = pde.map (%{{.*}} = %[[U]] : !pde.field<@X, f64>)
  // CHECK: pde.steps
  // CHECK: pde.map (%{{.*}} = %[[W]] : !pde.field<@X, f64>, %{{.*}} = %{{.*}} : !pde.field<@X, f64>)
  // CHECK: }
  // CHECK: %[[Z:.*]] = pde.map (%[[T:.*]] = %[[U]] : !pde.field<@X, f64>)
  // CHECK-NEXT: arith.addf %[[T]], %[[T]] : f64
  // CHECK: pde.output "z" %[[Z]]
  %w = pde.map (%a = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %x = math.sqrt %a : f64
    pde.yield %x : f64
  }
  %r = pde.steps %n pass %i carry (%y = %f : !pde.field<@X, f64>) {
    %next = pde.map (%a = %w : !pde.field<@X, f64>, %b = %y : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %x = arith.mulf %a, %b : f64
      pde.yield %x : f64
    }
    pde.yield %next : !pde.field<@X, f64>
  }
  %z = pde.map (%a = %u : !pde.field<@X, f64>, %b = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %x = arith.addf %a, %b : f64
    pde.yield %x : f64
  }
  pde.output "z" %z : <@X, f64>
  pde.output "r" %r : <@X, f64>
}
