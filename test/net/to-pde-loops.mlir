// RUN: %pde-opt %s --net-to-pde | FileCheck %s
// Repeated blocks are steps, recurrent cells fixpoints with the same condition;
// what a default is made of goes before its input.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
net.program @p {
  %n = pde.param "n" = 2 : i64 : i64
  %c = arith.constant 0.5 : f64
  pde.axis @X[0] first %c spacing %c
  // CHECK: %[[X:.*]] = pde.coordinate 0
  // CHECK-NEXT: %[[F:.*]] = pde.input "f" default %[[X]] : !pde.field<@X, f64> -> <@X, f64>
  %f = net.input "f" on @X default {
    %size = pde.size @X[0]
    %x = net.coordinate 0 first %c spacing %c sizes(%size) : tensor<?xf64>
    net.yield %x : tensor<?xf64>
  } : tensor<?xf64>
  // CHECK: %[[R:.*]]:2 = pde.steps %{{.*}} pass %[[I:.*]] carry (%[[U:.*]] = %[[F]] : !pde.field<@X, f64>, %[[S:.*]] = %{{.*}} : f64) attributes {evolution} {
  %r:2 = net.repeat %n pass %i carry (%u = %f : tensor<?xf64>, %s = %c : f64) attributes {evolution} {
    // CHECK-NEXT: pde.yield %[[F]], %[[S]] : !pde.field<@X, f64>, f64
    net.yield %f, %s : tensor<?xf64>, f64
  }
  // CHECK: pde.fixpoint %{{.*}} pass %{{.*}} carry (%[[V:.*]] = %[[R]]#0 : !pde.field<@X, f64>) attributes {accept, line = 7 : i64, loop = 0 : i64, measure = "change", what = "v"} {
  %v = net.recur %n pass %i carry (%v = %r#0 : tensor<?xf64>) attributes {accept, line = 7 : i64, loop = 0 : i64, measure = "change", what = "v"} {
    // CHECK: %[[DOT:.*]] = pde.reduce dot %[[V]], %[[F]]
    %dot = net.reduce dot %v, %f : tensor<?xf64>, tensor<?xf64>
    %done = arith.cmpf olt, %dot, %c : f64
    // CHECK: pde.until %{{.*}} measured %[[DOT]] against %{{.*}} yield %[[F]]
    net.until %done measured %dot against %c yield %f : tensor<?xf64>
  }
  // CHECK: pde.output "v"
  net.output "v" %v : tensor<?xf64>
}
