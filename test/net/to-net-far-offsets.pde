# RUN: %pdec %s --emit net | FileCheck %s
# A stencil that does not hold offset 0 pads on one side and cuts on the other;
# its adjoint gets zeros where the transpose would not reach.

# CHECK: net.pad %{{.*}} [#net.margin<-2 reflecting, 3 reflecting>]
# CHECK: net.pad %{{.*}} [#net.margin<2 dirichlet, 0 dirichlet>] values(%[[Z:.*]], %[[Z]] : f64, f64)
# CHECK-NEXT: net.conv_transpose
# CHECK-NEXT: net.fold %{{.*}} [#net.margin<0 reflecting, 3 reflecting>]
grid X : 1d, boundary reflecting
input f on X
let K = stencil(x, [1, -1], from = 2)
output u = K'(K(f))
