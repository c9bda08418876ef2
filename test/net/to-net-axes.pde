# RUN: %pdec %s --emit net | FileCheck %s
# Each axis has its own rule: along the circle the adjoint continues and cuts, along
# the other axis it folds what its taps reach, and no more.

# CHECK: %[[W:.*]] = net.weights {{.*}} : <2>
# CHECK: net.pad %{{.*}} [#net.margin<0 wrap, 1 wrap>, #net.margin<0 reflect, 1 reflect>]
# CHECK-NEXT: net.conv %{{.*}}, %[[W]]
# CHECK: %[[P:.*]] = net.pad %{{.*}} [#net.margin<1 wrap, 0 wrap>, #net.margin<0 value, 0 value>]
# CHECK-NEXT: %[[T:.*]] = net.conv_transpose %[[P]], %[[W]]
# CHECK-NEXT: net.fold %[[T]] [#net.margin<1 value, 1 value>, #net.margin<0 reflect, 1 reflect>]
grid X : 2d, boundary x periodic, y reflecting
input f on X
let K = stencil(X, [[1, 2], [3, 4]], from = [0, 0])
output u = K'(exp(K(f)))
