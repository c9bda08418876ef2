# RUN: %pdec %s --emit net | FileCheck %s
# A step u + tau*R(u) is a residual block: the identity is a skip that adds, the
# step size a scale. Steps are a repeated block.

# CHECK: %[[TAU:.*]] = pde.param "tau"
# CHECK: net.repeat %{{.*}} pass %{{.*}} carry (%[[U:.*]] =
# CHECK: %[[R:.*]] = net.conv
# CHECK-NEXT: %[[S:.*]] = net.scale %[[R]] by %[[TAU]]
# CHECK-NEXT: %[[V:.*]] = net.add %[[U]], %[[S]]
# CHECK-NEXT: net.yield %[[V]]
# CHECK-NOT: net.activation
grid X : 1d, boundary reflecting
param tau = 0.1
input f on X
evolve u from f by explicit(v -> d2(x)(v), tau) for 10 steps
output u
