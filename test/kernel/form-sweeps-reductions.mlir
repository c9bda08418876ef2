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

// What several reductions read of the same fields, one sweep makes; not what
// needs the number that another one gives.
// CHECK: pde.program @q
pde.program @q {
  %w = arith.constant 1.0 : f64
  %f = pde.input "f" -> <@X, f64>
  %k = pde.stencil [array<i64: -1>] weights(%w) : <1>
  %l = pde.stencil [array<i64: 1>] weights(%w) : <1>
  %p = pde.map (%s = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %t = pde.exp %s : f64
    pde.yield %t : f64
  }
  // CHECK: %[[S:.*]]:3 = pde.sweep
  // CHECK: pde.exp
  // CHECK-NOT: pde.exp
  // CHECK: pde.reduce dot %[[S]]#0, %[[S]]#1
  // CHECK-NOT: pde.sweep
  // CHECK: %[[B:.*]] = pde.reduce dot %[[S]]#0, %[[S]]#2
  // CHECK: %[[T:.*]] = pde.sweep ({{.*}} = %[[B]]
  // CHECK: pde.reduce sum %[[T]]
  %u = pde.apply %k, %p : <1>, <@X, f64> -> <@X, f64>
  %v = pde.apply %l, %p : <1>, <@X, f64> -> <@X, f64>
  %a = pde.reduce dot %p, %u : !pde.field<@X, f64>, !pde.field<@X, f64>
  %b = pde.reduce dot %p, %v : !pde.field<@X, f64>, !pde.field<@X, f64>
  %x = pde.map (%s = %u : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %t = arith.mulf %s, %b : f64
    pde.yield %t : f64
  }
  %c = pde.reduce sum %x : !pde.field<@X, f64>
  pde.number "a" %a
  pde.number "c" %c
}
