// RUN: %pde-opt %s | %pde-opt | FileCheck %s
// Rules of an application's own, with what their sides are given.

pde.grid @X [#pde.axis<"x" : robin, reflecting>, #pde.axis<"y" : periodic, periodic>]
pde.program @p {
  %c = arith.constant 0.5 : f64
  %u = pde.input "u" -> <@X, f64>
  // A value with a row more than the grid has cells.
  // CHECK: %[[E:.*]] = pde.coordinate 0 {{.*}} : <@X, f64, [1, 0], [0, 0]>
  %e = pde.coordinate 0 first %c spacing %c : <@X, f64, [1, 0], [0, 0]>
  // CHECK: %[[K:.*]] = pde.stencil
  %k = pde.stencil [array<i64: -2, 0>, array<i64: 1, 1>] weights(%c, %c) : <2>
  // Two weights with their factors and a value, by the grid's own rule.
  // CHECK: pde.apply %[[K]], %{{.*}} outside(%{{.*}}, %{{.*}}, %{{.*}}, %{{.*}}, %[[E]] : f64, f64, f64, f64, !pde.field<@X, f64, [1, 0], [0, 0]>) : <2>
  %a = pde.apply %k, %u outside(%c, %c, %c, %c, %e : f64, f64, f64, f64, !pde.field<@X, f64, [1, 0], [0, 0]>) : <2>, <@X, f64> -> <@X, f64>
  // CHECK: pde.apply {{.*}} sides [#pde.sides<neumann, extrapolated>, #pde.sides<periodic, periodic>] : <2>, <@X, f64> -> <@X, f64>
  %b = pde.apply %k, %u outside(%e, %c, %c, %c, %c : !pde.field<@X, f64, [1, 0], [0, 0]>, f64, f64, f64, f64) sides [#pde.sides<neumann, extrapolated>, #pde.sides<periodic, periodic>] : <2>, <@X, f64> -> <@X, f64>
  // CHECK: pde.adjoint {{.*}} weights(%{{.*}}, %{{.*}}) : <2>
  %s = pde.adjoint %k, %a weights(%c, %c) : <2>, <@X, f64> -> <@X, f64>
  // CHECK: pde.adjoint {{.*}} sides [#pde.sides<dirichlet, reflecting>, #pde.sides<periodic, periodic>]
  %t = pde.adjoint %k, %a sides [#pde.sides<dirichlet, reflecting>, #pde.sides<periodic, periodic>] : <2>, <@X, f64> -> <@X, f64>
  // A field that goes on beyond a side has all rows that the taps reach.
  // CHECK: %[[ONE:.*]] = pde.stencil
  %one = pde.stencil [array<i64: 0, 0>] weights(%c) : <2>
  // CHECK: %[[F:.*]] = pde.apply %[[ONE]], {{.*}} -> <@X, f64, [2, 0], [1, 0]>
  %f = pde.apply %one, %u outside(%c, %c : f64, f64) sides [#pde.sides<dirichlet, neumann>, #pde.sides<periodic, periodic>] : <2>, <@X, f64> -> <@X, f64, [2, 0], [1, 0]>
  // CHECK: pde.apply %[[K]], %[[F]] sides {{.*}} : <2>, <@X, f64, [2, 0], [1, 0]> -> <@X, f64>
  %g = pde.apply %k, %f sides [#pde.sides<reflecting, reflecting>, #pde.sides<periodic, periodic>] : <2>, <@X, f64, [2, 0], [1, 0]> -> <@X, f64>
  // Its transpose gives all these rows: no weights, though the grid's rule has some.
  // CHECK: pde.adjoint %[[K]], %{{[0-9]+}} : <2>, <@X, f64> -> <@X, f64, [2, 0], [1, 0]>
  %h = pde.adjoint %k, %g : <2>, <@X, f64> -> <@X, f64, [2, 0], [1, 0]>
}
