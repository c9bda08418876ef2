# RUN: %pdec %s --emit pde | FileCheck %s
# What does not change from step to step stands before the loop: scalars of
# parameters, and fields of captured fields.

# CHECK: pde.exp %{{.*}} : f64
# CHECK: %[[C:.*]] = pde.map
# CHECK: pde.exp
# CHECK: pde.steps
# CHECK-NOT: pde.exp
# CHECK-NOT: arith.divf
# CHECK: pde.map ({{.*}} = %[[C]] :
# CHECK-NOT: pde.exp
# CHECK: pde.output
grid X : 1d, boundary periodic
param l = 0.2, tau = 0.1, n = 3
input f on X
evolve u from f by u -> u + tau/l*exp(-l^2)*exp(f)*u for n steps
output u
