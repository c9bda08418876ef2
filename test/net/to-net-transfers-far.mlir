// RUN: %pde-opt %s --pde-to-net | FileCheck %s
// Taps need not lie around the coarse cell: cells that none of them reads are cut
// off, and those that the transpose would not reach get zeros first. Along an axis
// that keeps its cells the stride is one.

// CHECK: net.pad %{{.*}} [#net.margin<-3 dirichlet, 2 dirichlet>, #net.margin<1 dirichlet, 0 dirichlet>]
// CHECK-NEXT: %[[R:.*]] = net.conv {{.*}} strides [2, 1]
// CHECK: net.pad %[[R]] [#net.margin<2 dirichlet, 0 dirichlet>, #net.margin<0 dirichlet, 0 dirichlet>]
// CHECK-NEXT: %[[T:.*]] = net.conv_transpose {{.*}} strides [2, 1]
// CHECK-NEXT: net.fold %[[T]] [#net.margin<1 dirichlet, 2 dirichlet>, #net.margin<1 dirichlet, 0 dirichlet>]
pde.grid @X [#pde.axis<"x" : dirichlet, dirichlet>, #pde.axis<"y" : reflecting, reflecting>]
pde.grid @C [#pde.axis<"x" : dirichlet, dirichlet coarsened by vertex>, #pde.axis<"y" : reflecting, reflecting>] coarsens @X
pde.program @p {
  %c = arith.constant 1.0 : f64
  %s = pde.stencil [array<i64: 3, -1>, array<i64: 4, 0>] weights(%c, %c) : <2>
  %f = pde.input "f" -> !pde.field<@X, f64>
  %r = pde.restrict %s, %f : <2>, <@X, f64> -> <@C, f64>
  %e = pde.prolong %s, %r : <2>, <@C, f64> -> <@X, f64>
  pde.output "u" %e : !pde.field<@X, f64>
}
