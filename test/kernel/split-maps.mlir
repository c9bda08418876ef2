// RUN: %pde-opt %s --pde-split-maps=cost=3 | FileCheck %s
// RUN: %pde-opt %s --pde-split-maps=cost=3 | %pde-opt --pde-plan-sweeps | FileCheck %s --check-prefix=PLAN
// RUN: %pde-opt %s --pde-split-maps | FileCheck %s --check-prefix=WHOLE
// A sum of dear fields is made in parts, in its order; what comes behind is in
// the last one. Each stencil has its own constants. Plans store the parts.
// WHOLE-NOT: kernel.stored

// CHECK: pde.sweep
// CHECK-NEXT: arith.constant 5.0
// CHECK-NEXT: %[[A:.*]] = arith.constant 5.0
// CHECK-NEXT: %[[B:.*]] = arith.constant 5.0
// CHECK-NEXT: pde.stencil {{.*}} weights(%[[A]], %[[B]])
// CHECK-NEXT: %[[C:.*]] = arith.constant 5.0
// CHECK-NEXT: %[[D:.*]] = arith.constant 5.0
// CHECK-NEXT: pde.stencil {{.*}} weights(%[[C]], %[[D]])
// CHECK: %[[K:.*]] = pde.map (%[[S:[a-z0-9]*]] = {{.*}}, %[[T:[a-z0-9]*]] = {{.*}} attributes {kernel.stored}
// CHECK-NEXT: %[[ST:.*]] = arith.addf %[[S]], %[[T]]
// CHECK-NEXT: pde.yield %[[ST]]
// CHECK: pde.map (%[[U:[a-z0-9]*]] = {{.*}}, %[[W:[a-z0-9]*]] = {{.*}}, %[[GIVEN:[a-z0-9]*]] = %[[K]] : {{.*}} {
// CHECK-NEXT: %[[SUM:.*]] = arith.addf %[[GIVEN]], %[[W]]
// CHECK-NEXT: %[[PRODUCT:.*]] = arith.mulf %[[SUM]], %[[U]]
// CHECK-NEXT: pde.yield %[[PRODUCT]]

// PLAN: pde.sweep {{.*}} kernel.results = [#kernel.stage<1 reach
// PLAN: pde.map {{.*}} attributes {kernel.stage = #kernel.stage<0 reach
// PLAN-NOT: kernel.stored
pde.grid @X [#pde.axis<"x" : reflecting, reflecting>]
func.func @sum(%f: !pde.field<@X, f64>) -> !pde.field<@X, f64> {
  %r = pde.sweep (%u = %f : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
    %c = arith.constant 5.0 : f64
    %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%c, %c) : <1>
    %l = pde.stencil [array<i64: 0>, array<i64: 2>] weights(%c, %c) : <1>
    %m = pde.stencil [array<i64: 0>, array<i64: 3>] weights(%c, %c) : <1>
    %a = pde.apply %k, %u : <1>, <@X, f64> -> <@X, f64>
    %b = pde.apply %l, %u : <1>, <@X, f64> -> <@X, f64>
    %d = pde.apply %m, %u : <1>, <@X, f64> -> <@X, f64>
    %v = pde.map (%s = %u : !pde.field<@X, f64>, %p = %a : !pde.field<@X, f64>, %q = %b : !pde.field<@X, f64>, %t = %d : !pde.field<@X, f64>) -> !pde.field<@X, f64> {
      %x = arith.addf %p, %q : f64
      %y = arith.addf %x, %t : f64
      %z = arith.mulf %y, %s : f64
      pde.yield %z : f64
    }
    pde.yield %v : !pde.field<@X, f64>
  }
  return %r : !pde.field<@X, f64>
}
