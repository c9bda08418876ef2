# RUN: %pdec %s --emit net | FileCheck %s
# A neumann side is a pad whose mirror images are raised by a slope.

# CHECK: %[[SLOPE:.*]] = arith.constant 5.000000e-01
# CHECK: net.pad %{{.*}} [#net.margin<2 neumann, 0 reflecting>] values(%[[SLOPE]] : f64)
# CHECK-NEXT: net.conv
grid X : 1d, boundary low neumann 0.5, high reflecting
input f on X
output u = stencil(x, [1, 2, -1], from = -2)(f)
