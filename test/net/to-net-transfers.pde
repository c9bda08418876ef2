# RUN: %pdec %s --emit net | FileCheck %s
# Restriction is a convolution with strides, prolongation its transpose with the same
# weights. Around a circle margins go on on both grids.

# CHECK: %[[W:.*]] = net.weights
# CHECK-NEXT: %[[P:.*]] = net.pad %{{.*}} [#net.margin<0 dirichlet, 0 dirichlet>, #net.margin<1 periodic, 0 periodic>]
# CHECK-NEXT: %[[R:.*]] = net.conv %[[P]], %[[W]] strides [2, 2]
# CHECK-NEXT: %[[E:.*]] = net.pad %[[R]] [#net.margin<0 dirichlet, 0 dirichlet>, #net.margin<0 periodic, 1 periodic>]
# CHECK-NEXT: %[[T:.*]] = net.conv_transpose %[[E]], %[[W]] strides [2, 2]
# CHECK-NEXT: net.fold %[[T]] [#net.margin<0 dirichlet, 0 dirichlet>, #net.margin<1 dirichlet, 2 dirichlet>]
grid X : 2d, boundary x dirichlet 0, y periodic
input f on X
output u = prolong(restrict(f))
