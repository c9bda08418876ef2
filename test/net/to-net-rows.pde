# RUN: %pdec %s --emit net | FileCheck %s
# The components of a gradient live on the rows of both: a pad brings the rows that
# one stencil alone does not ask for, and the adjoint takes them.

# CHECK: %[[DX:.*]] = net.weights [array<i64: 0, 0>, array<i64: 1, 0>]
# CHECK-NEXT: net.pad %{{.*}} [#net.margin<1 dirichlet, 1 dirichlet>, #net.margin<1 dirichlet, 0 dirichlet>]
# CHECK: %[[DY:.*]] = net.weights [array<i64: 0, 0>, array<i64: 0, 1>]
# CHECK-NEXT: net.pad %{{.*}} [#net.margin<1 dirichlet, 0 dirichlet>, #net.margin<1 dirichlet, 1 dirichlet>]
# CHECK: net.conv_transpose %{{.*}}, %[[DX]]
# CHECK-NEXT: net.fold %{{.*}} [#net.margin<1 dirichlet, 1 dirichlet>, #net.margin<1 dirichlet, 0 dirichlet>]
# CHECK: net.conv_transpose %{{.*}}, %[[DY]]
# CHECK-NEXT: net.fold %{{.*}} [#net.margin<1 dirichlet, 0 dirichlet>, #net.margin<1 dirichlet, 1 dirichlet>]
grid X : 2d, boundary dirichlet 0
input f on X
let p = grad(f)
output u = grad'(inner(p, p)*p)
