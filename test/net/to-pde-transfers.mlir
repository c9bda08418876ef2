// RUN: %pde-opt %s --net-to-pde | FileCheck %s
// Strides and margins tell to which of the grids a convolution leads. Margins of
// nothing are no pad at all.

pde.grid @X [#pde.axis<"x" : dirichlet, dirichlet>]
pde.grid @X.1 [#pde.axis<"x" : dirichlet, dirichlet coarsened by vertex>] coarsens @X
pde.grid @X.c [#pde.axis<"x" : dirichlet, dirichlet coarsened by cell>] coarsens @X
net.program @p {
  %one = arith.constant 1.0 : f64
  %zero = arith.constant 0.0 : f64
  %f = net.input "f" on @X : tensor<?xf64>
  %w = net.weights [array<i64: 0>, array<i64: 1>, array<i64: 2>] values(%one, %one, %one) : <1>
  // CHECK: %[[C:.*]] = pde.restrict %[[W:.*]], %{{.*}} : <1>, <@X, f64> -> <@X.1, f64>
  %c = net.conv %f, %w strides [2] : tensor<?xf64>, <1> -> tensor<?xf64>
  // CHECK-NEXT: pde.prolong %[[W]], %[[C]] : <1>, <@X.1, f64> -> <@X, f64>
  %u = net.conv_transpose %c, %w strides [2] : tensor<?xf64>, <1> -> tensor<?xf64>
  // CHECK-NEXT: %[[D:.*]] = pde.restrict %[[W]], %{{.*}} : <1>, <@X, f64> -> <@X.c, f64>
  %more = net.pad %f [#net.margin<0 dirichlet, 1 dirichlet>] values(%zero, %zero : f64, f64) : tensor<?xf64> -> tensor<?xf64>
  %d = net.conv %more, %w strides [2] : tensor<?xf64>, <1> -> tensor<?xf64>
  // CHECK-NEXT: pde.prolong %[[W]], %[[D]] : <1>, <@X.c, f64> -> <@X, f64>
  %t = net.conv_transpose %d, %w strides [2] : tensor<?xf64>, <1> -> tensor<?xf64>
  %v = net.fold %t [#net.margin<0 dirichlet, 1 dirichlet>] : tensor<?xf64> -> tensor<?xf64>
  net.output "u" %u : tensor<?xf64>
  net.output "v" %v : tensor<?xf64>
}
