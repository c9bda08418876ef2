# RUN: %pdec %s --emit net | FileCheck %s
# Each axis has its own rule: along the circle the adjoint continues and cuts, along
# the other axis it folds what its taps reach, and no more.

# CHECK: %[[W:.*]] = net.weights {{.*}} : <2>
# CHECK: net.pad %{{.*}} [#net.margin<0 periodic, 1 periodic>, #net.margin<0 reflecting, 1 reflecting>]
# CHECK-NEXT: net.conv %{{.*}}, %[[W]]
# CHECK: %[[P:.*]] = net.pad %{{.*}} [#net.margin<1 periodic, 0 periodic>, #net.margin<0 dirichlet, 0 dirichlet>]
# CHECK-NEXT: %[[T:.*]] = net.conv_transpose %[[P]], %[[W]]
# CHECK-NEXT: net.fold %[[T]] [#net.margin<1 dirichlet, 1 dirichlet>, #net.margin<0 reflecting, 1 reflecting>]
grid X : 2d, boundary x periodic, y reflecting
input f on X
let K = stencil(X, [[1, 2], [3, 4]], from = [0, 0])
output u = K'(exp(K(f)))
