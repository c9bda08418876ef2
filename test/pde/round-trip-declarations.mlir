// RUN: %pde-opt %s | %pde-opt | FileCheck %s
// Grids, parameters, inputs and outputs print as they are read.

// CHECK: pde.grid @X [#pde.axis<"x" : reflecting, dirichlet, 512>]
pde.grid @X [#pde.axis<"x" : reflecting, dirichlet, 512>]
// Without a size: the input must give it.
// CHECK: pde.grid @Ring [#pde.axis<"x" : periodic, periodic>]
pde.grid @Ring [#pde.axis<"x" : periodic, periodic>]
// CHECK: pde.grid @Box [#pde.axis<"x" : reflecting, reflecting, 3>, #pde.axis<"y" : dirichlet, reflecting, 4>, #pde.axis<"z" : periodic, periodic, 5>]
pde.grid @Box [#pde.axis<"x" : reflecting, reflecting, 3>,
               #pde.axis<"y" : dirichlet, reflecting, 4>,
               #pde.axis<"z" : periodic, periodic, 5>]

// CHECK: pde.program @p {
pde.program @p {
  // CHECK: pde.param "tau" = 4.000000e-01 : f64 {high = 5.000000e-01 : f64, low = 0.000000e+00 : f64, lowOpen} : f64
  %tau = pde.param "tau" = 0.4 : f64 {high = 0.5 : f64, low = 0.0 : f64, lowOpen} : f64
  // CHECK: pde.param "n" = 100 : i64 : i64
  %n = pde.param "n" = 100 : i64 : i64
  // CHECK: pde.size @Box[2]
  %size = pde.size @Box[2]
  // CHECK: pde.axis @X[0] first %{{.*}} spacing %{{.*}}
  pde.axis @X[0] first %tau spacing %tau
  // CHECK: %[[F:.*]] = pde.input "f" -> <@X, f64>
  %f = pde.input "f" -> <@X, f64>
  // CHECK: pde.input "g" default %[[F]] : !pde.field<@X, f64> -> <@X, f64>
  %g = pde.input "g" default %f : !pde.field<@X, f64> -> <@X, f64>
  // CHECK: pde.input "h" -> <@Ring, f32>
  %h = pde.input "h" -> <@Ring, f32>
  // CHECK: pde.output "u" %[[F]] : <@X, f64>
  pde.output "u" %f : <@X, f64>
}
