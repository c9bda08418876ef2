# RUN: %pdec %s --emit net | FileCheck %s
# Around a circle the adjoint continues its argument, transposes, and cuts off the
# rest: the sums keep their ascending order at the ends, too.

# CHECK: %[[W:.*]] = net.weights
# CHECK: net.pad %[[F:.*]] [#net.margin<0 wrap, 2 wrap>]
# CHECK: net.conv %{{.*}}, %[[W]]
# CHECK: %[[P:.*]] = net.pad %{{.*}} [#net.margin<2 wrap, 0 wrap>]
# CHECK-NEXT: %[[T:.*]] = net.conv_transpose %[[P]], %[[W]]
# CHECK-NEXT: net.fold %[[T]] [#net.margin<2 value, 2 value>]
grid X : 1d, boundary periodic
input f on X
let K = stencil(x, [1, 2, -1], from = 0)
output u = K'(K(f))
