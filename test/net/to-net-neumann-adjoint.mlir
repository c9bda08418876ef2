// RUN: %pde-opt %s --pde-to-net | FileCheck %s
// The adjoint of the linear part does not know the slope: it mirrors.

// CHECK: net.conv_transpose
// CHECK-NEXT: net.fold %{{.*}} [#net.margin<0 neumann, 1 neumann>]
pde.grid @X [#pde.axis<"x" : neumann, neumann>]
pde.program @p {
  %c = arith.constant 1.0 : f64
  %d = pde.stencil [array<i64: 0>, array<i64: 1>] weights(%c, %c) : <1>
  %f = pde.input "f" -> !pde.field<@X, f64>
  %a = pde.adjoint %d, %f : <1>, <@X, f64> -> <@X, f64>
  pde.output "u" %a : !pde.field<@X, f64>
}
