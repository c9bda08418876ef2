# RUN: %pdec %s --emit net | FileCheck %s
# Around a circle the adjoint continues its argument, transposes, and cuts off the
# rest: the sums keep their ascending order at the ends, too.

# CHECK: %[[W:.*]] = net.weights
# CHECK: net.pad %[[F:.*]] [#net.margin<0 periodic, 2 periodic>]
# CHECK: net.conv %{{.*}}, %[[W]]
# CHECK: %[[P:.*]] = net.pad %{{.*}} [#net.margin<2 periodic, 0 periodic>]
# CHECK-NEXT: %[[T:.*]] = net.conv_transpose %[[P]], %[[W]]
# CHECK-NEXT: net.fold %[[T]] [#net.margin<2 dirichlet, 2 dirichlet>]
grid X : 1d, boundary periodic
input f on X
let K = stencil(x, [1, 2, -1], from = 0)
output u = K'(K(f))
