// RUN: %pde-opt %s --pde-to-net | FileCheck %s
// RUN: %pde-opt %s --pde-to-net --net-to-pde | FileCheck %s --check-prefix=BACK
// An adjoint whose result has rows beyond a side folds nothing there, and where it
// folds nothing at all there is no fold. The way back counts what is left.

pde.grid @X [#pde.axis<"x" : reflecting, reflecting>, #pde.axis<"y" : dirichlet, reflecting>]
pde.program @p {
  %one = arith.constant 1.0 : f64
  %two = arith.constant 2.0 : f64
  %p = pde.input "p" -> <@X, f64>
  %q = pde.input "q" -> <@X, f64, [3, 0], [0, 0]>
  %d = pde.stencil [array<i64: 0, 0>, array<i64: 1, 0>] weights(%two, %one) : <2>
  // CHECK: %[[T:.*]] = net.conv_transpose
  // CHECK-NEXT: net.output "kept" %[[T]]
  // BACK: pde.adjoint %{{[0-9]+}}, %{{[0-9]+}} : <2>, <@X, f64> -> <@X, f64, [0, 0], [1, 0]>
  %kept = pde.adjoint %d, %p : <2>, <@X, f64> -> <@X, f64, [0, 0], [1, 0]>
  pde.output "kept" %kept : <@X, f64, [0, 0], [1, 0]>
  // Rows along one axis, rules along the other.
  // CHECK: %[[T:.*]] = net.conv_transpose
  // CHECK-NEXT: net.fold %[[T]] [#net.margin<0 reflecting, 0 reflecting>, #net.margin<1 dirichlet, 1 reflecting>]
  // BACK: pde.adjoint %{{[0-9]+}}, %{{[0-9]+}} : <2>, <@X, f64> -> <@X, f64, [0, 0], [1, 0]>
  %k = pde.stencil [array<i64: 0, -1>, array<i64: 1, 1>] weights(%two, %one) : <2>
  %mixed = pde.adjoint %k, %p : <2>, <@X, f64> -> <@X, f64, [0, 0], [1, 0]>
  pde.output "mixed" %mixed : <@X, f64, [0, 0], [1, 0]>
  // Rows at one side, a rule at the other.
  // CHECK: net.fold {{.*}} [#net.margin<0 reflecting, 1 reflecting>, #net.margin<0 dirichlet, 0 reflecting>]
  // BACK: pde.adjoint {{.*}} : <2>, <@X, f64, [3, 0], [0, 0]> -> <@X, f64, [3, 0], [0, 0]>
  %half = pde.adjoint %d, %q : <2>, <@X, f64, [3, 0], [0, 0]> -> <@X, f64, [3, 0], [0, 0]>
  pde.output "half" %half : <@X, f64, [3, 0], [0, 0]>
  // A rule that would ask for more rows of the argument than it has is no rule of
  // this adjoint.
  // CHECK: %[[T:.*]] = net.conv_transpose
  // CHECK-NEXT: net.output "other" %[[T]]
  // BACK: pde.adjoint {{.*}} sides [#pde.sides<reflecting, reflecting>, #pde.sides<reflecting, reflecting>] : <2>, <@X, f64> -> <@X, f64, [0, 0], [0, 1]>
  %y = pde.stencil [array<i64: 0, 0>, array<i64: 0, 1>] weights(%two, %one) : <2>
  %other = pde.adjoint %y, %p sides [#pde.sides<reflecting, reflecting>, #pde.sides<neumann, neumann>] : <2>, <@X, f64> -> <@X, f64, [0, 0], [0, 1]>
  pde.output "other" %other : <@X, f64, [0, 0], [0, 1]>
  // More rows than are reached are zeros, which a pad brings before.
  // CHECK: %[[P:.*]] = net.pad {{.*}} [#net.margin<2 dirichlet, 0 dirichlet>, #net.margin<0 dirichlet, 3 dirichlet>]
  // CHECK-NEXT: %[[T:.*]] = net.conv_transpose %[[P]]
  // CHECK-NEXT: net.output "more" %[[T]]
  // BACK: pde.adjoint {{.*}} -> <@X, f64, [2, 0], [1, 3]>
  %more = pde.adjoint %d, %p : <2>, <@X, f64> -> <@X, f64, [2, 0], [1, 3]>
  pde.output "more" %more : <@X, f64, [2, 0], [1, 3]>
}
