# What many stencils of one tap read is computed once: minima of minima are not
# those of the products of their weights.
#
# RUN: pdec %s --emit plan | FileCheck %s
# CHECK: %[[INNER:[0-9]+]] = pde.map {{.*}} attributes {kernel.stage = {{.*}}reach <2 : 2>
# CHECK: pde.apply %{{.*}}, %[[INNER]] outside
# CHECK: %[[OUTER:[0-9]+]] = pde.map
# CHECK-NOT: kernel.stage
# CHECK: pde.yield %[[OUTER]]
grid X : 1d, boundary reflecting, size 100
param w = 0.5
input f on X = noise(1)
let K = stencil(x, [w, 0.1, 0, 0.1, w], over = min)
output u = K(K(f))
