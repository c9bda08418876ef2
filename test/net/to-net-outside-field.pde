# RUN: %pdec %s --emit net | FileCheck %s
# What lies beyond a dirichlet side may be a tensor of the other axes' coordinates.

# CHECK: %[[SINE:.*]] = net.activation
# CHECK-NEXT: pde.sin
# CHECK: net.pad %{{.*}} [#net.margin<0 reflecting, 0 reflecting>, #net.margin<1 dirichlet, 1 dirichlet>] values(%[[SINE]], %{{.*}} : tensor<?x?xf64>, f64)
# CHECK-NEXT: net.conv
grid X : 2d, boundary x reflecting, y low dirichlet sin(x), y high dirichlet 2
input f on X
output u = d2(y)(f)
