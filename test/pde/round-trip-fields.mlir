// RUN: %pde-opt %s | %pde-opt | FileCheck %s
// Field operations print as they are read.

pde.grid @X [#pde.axis<"x" : dirichlet, dirichlet>]
pde.program @p {
  %c = arith.constant 0.5 : f64
  %seed = arith.constant 7 : i64
  // CHECK: pde.coordinate 0 first %{{.*}} spacing %{{.*}} : <@X, f64>
  %x = pde.coordinate 0 first %c spacing %c : <@X, f64>
  // CHECK: pde.noise %{{.*}} : <@X, f64>
  %noise = pde.noise %seed : <@X, f64>
  // CHECK: %[[K:.*]] = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%{{.*}}, %{{.*}}) : <1>
  %k = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%c, %c) : <1>
  // CHECK: pde.stencil [array<i64: -1>] weights(%{{.*}}) scale %{{.*}} : <1>
  %scaled = pde.stencil [array<i64: -1>] weights(%c) scale %c : <1>
  // One row more at the low side: the face between the side and cell 0.
  // CHECK: %[[D:.*]] = pde.apply %[[K]], %{{.*}} outside(%{{.*}}, %{{.*}} : f64, f64) : <1>, <@X, f64> -> <@X, f64, [1], [0]>
  %d = pde.apply %k, %x outside(%c, %c : f64, f64) : <1>, <@X, f64> -> <@X, f64, [1], [0]>
  // CHECK: pde.adjoint %[[K]], %[[D]] : <1>, <@X, f64, [1], [0]> -> <@X, f64>
  %a = pde.adjoint %k, %d : <1>, <@X, f64, [1], [0]> -> <@X, f64>
  // CHECK: pde.map (%[[P:.*]] = %{{.*}} : !pde.field<@X, f64>, %[[Q:.*]] = %[[D]] : !pde.field<@X, f64, [1], [0]>) -> !pde.field<@X, f64> {
  // CHECK-NEXT: arith.addf %[[P]], %[[Q]] : f64
  // CHECK-NEXT: pde.yield %{{.*}} : f64
  %m = pde.map (%p = %x : !pde.field<@X, f64>, %q = %d : !pde.field<@X, f64, [1], [0]>) -> !pde.field<@X, f64> {
    %sum = arith.addf %p, %q : f64
    pde.yield %sum : f64
  }
  // A constant field: a map of nothing.
  // CHECK: pde.map () -> !pde.field<@X, f64> {
  %constant = pde.map () -> !pde.field<@X, f64> {
    pde.yield %c : f64
  }
}
