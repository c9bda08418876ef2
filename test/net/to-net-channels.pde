# Operators between lists name one array for K and K'. Sides are others' matter,
# but for circles: there, what is read goes around, and what a transpose spills
# over is cut off. The way back says the same scheme.
#
# RUN: pdec %s --emit net | FileCheck %s
# RUN: pdec %s --emit raised | FileCheck %s --check-prefix=RAISED
grid X : 2d, boundary x periodic, y reflecting, size [6, 5]
param W : real[2, 3, 1, 3, 3] = 0.1, k = 1
input f on X = noise(1)
let K = stencil(X, W[k])
output u = K'(sin(K(f)))
# CHECK: %[[W:.*]] = net.input "W"
# CHECK: %[[F:.*]] = net.input "f"
# CHECK: net.pad %[[F]] [#net.margin<0 periodic, 0 periodic>, #net.margin<1 reflecting, 1 reflecting>]
# CHECK: %[[X:.*]] = net.pad %{{.*}} [#net.margin<1 periodic, 1 periodic>, #net.margin<0 reflecting, 0 reflecting>]
# CHECK: %[[Y:.*]]:3 = net.convolve %[[W]][%{{.*}}] of [2, 3, 1, 3, 3] from [-1, -1](%[[X]])
# CHECK-COUNT-3: net.pad %{{.*}} [#net.margin<1 periodic, 1 periodic>, #net.margin<0 reflecting, 0 reflecting>]
# CHECK: %[[T:.*]] = net.convolve transposed %[[W]][%{{.*}}] of [2, 3, 1, 3, 3] from [-1, -1](
# CHECK: %[[C:.*]] = net.fold %[[T]] [#net.margin<2 dirichlet, 2 dirichlet>, #net.margin<0 dirichlet, 0 dirichlet>]
# CHECK: net.conv_transpose %[[C]]
#
# RAISED: %[[E:.*]] = pde.apply %{{.*}} : <2>, <@X, f64> -> <@X, f64, [0, 1], [0, 1]>
# RAISED: pde.convolve %{{.*}} of [2, 3, 1, 3, 3] from [-1, -1](%[[E]])
# RAISED: %[[B:.*]] = pde.convolve transposed %{{.*}} of [2, 3, 1, 3, 3] from [-1, -1](
# RAISED: pde.adjoint %{{.*}}, %[[B]]
