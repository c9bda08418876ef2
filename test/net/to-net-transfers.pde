# RUN: %pdec %s --emit net | FileCheck %s
# Restriction is a convolution with strides, prolongation its transpose with the same
# weights. Around a circle margins go on on both grids.

# CHECK: %[[W:.*]] = net.weights
# CHECK-NEXT: %[[P:.*]] = net.pad %{{.*}} [#net.margin<0 value, 0 value>, #net.margin<1 wrap, 0 wrap>]
# CHECK-NEXT: %[[R:.*]] = net.conv %[[P]], %[[W]] strides [2, 2]
# CHECK-NEXT: %[[E:.*]] = net.pad %[[R]] [#net.margin<0 value, 0 value>, #net.margin<0 wrap, 1 wrap>]
# CHECK-NEXT: %[[T:.*]] = net.conv_transpose %[[E]], %[[W]] strides [2, 2]
# CHECK-NEXT: net.fold %[[T]] [#net.margin<0 value, 0 value>, #net.margin<1 value, 2 value>]
grid X : 2d, boundary x dirichlet 0, y periodic
input f on X
output u = prolong(restrict(f))
