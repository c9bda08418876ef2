// RUN: %pde-opt %s --net-to-pde | FileCheck %s
// A padded conv is an operator with the pad's rules, a conv_transpose with its
// fold the adjoint. Rows follow: at dirichlet sides a difference has one more.

// CHECK: pde.grid @X
// CHECK-NEXT: pde.program @p {
// CHECK-NOT: net.
pde.grid @X [#pde.axis<"x" : dirichlet, reflecting>]
net.program @p {
  %one = arith.constant 1.0 : f64
  %minus = arith.constant -1.0 : f64
  %h = pde.param "h" = 0.5 : f64 : f64
  // CHECK: %[[F:.*]] = pde.input "f" -> <@X, f64>
  %f = net.input "f" on @X : tensor<?xf64>
  // CHECK: %[[D:.*]] = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%{{.*}}, %{{.*}}) scale %[[H:.*]] : <1>
  %d = net.weights [array<i64: 0>, array<i64: 1>] values(%minus, %one) scale %h : <1>

  // The grid's own rules are not said again.
  // CHECK: %[[G:.*]] = pde.apply %[[D]], %[[F]] outside(%[[H]] : f64) : <1>, <@X, f64> -> <@X, f64, [1], [0]>
  %padded = net.pad %f [#net.margin<1 dirichlet, 1 reflecting>] values(%h : f64) : tensor<?xf64> -> tensor<?xf64>
  %g = net.conv %padded, %d : tensor<?xf64>, <1> -> tensor<?xf64>
  // CHECK-NEXT: %[[A:.*]] = pde.adjoint %[[D]], %[[G]] : <1>, <@X, f64, [1], [0]> -> <@X, f64>
  %t = net.conv_transpose %g, %d : tensor<?xf64>, <1> -> tensor<?xf64>
  %a = net.fold %t [#net.margin<1 dirichlet, 1 reflecting>] : tensor<?xf64> -> tensor<?xf64>

  // Others are: with weights and factors, and a tensor for a value.
  // CHECK-NEXT: %[[R:.*]] = pde.apply %[[D]], %[[A]] outside(%[[F]], %[[H]], %[[H]], %[[F]] : !pde.field<@X, f64>, f64, f64, !pde.field<@X, f64>) sides [#pde.sides<neumann, robin>]
  %sides = net.pad %a [#net.margin<0 neumann, 1 robin>] values(%f, %h, %h, %f : tensor<?xf64>, f64, f64, tensor<?xf64>) : tensor<?xf64> -> tensor<?xf64>
  %r = net.conv %sides, %d : tensor<?xf64>, <1> -> tensor<?xf64>
  // The same transposed convolution, folded by other rules, is another adjoint.
  // CHECK-NEXT: %[[S:.*]] = pde.adjoint %[[D]], %[[R]] weights(%[[H]]) sides [#pde.sides<neumann, robin>] : <1>, <@X, f64> -> <@X, f64>
  // CHECK-NEXT: pde.adjoint %[[D]], %[[R]] sides [#pde.sides<reflecting, reflecting>] : <1>, <@X, f64> -> <@X, f64>
  %u = net.conv_transpose %r, %d : tensor<?xf64>, <1> -> tensor<?xf64>
  %s = net.fold %u [#net.margin<0 neumann, 1 robin>] weights(%h) : tensor<?xf64> -> tensor<?xf64>
  %v = net.fold %u [#net.margin<0 reflecting, 1 reflecting>] : tensor<?xf64> -> tensor<?xf64>
  // One side other than the grid's will do.
  // CHECK: pde.apply %[[D]], %{{.*}} sides [#pde.sides<dirichlet, neumann>]
  %one_side = net.pad %v [#net.margin<1 dirichlet, 1 neumann>] values(%h, %h : f64, f64) : tensor<?xf64> -> tensor<?xf64>
  %o = net.conv %one_side, %d : tensor<?xf64>, <1> -> tensor<?xf64>
  net.output "o" %o : tensor<?xf64>
  net.output "s" %s : tensor<?xf64>
  net.output "v" %v : tensor<?xf64>
}
