# RUN: %pdec %s --emit pde --precision f32 | FileCheck %s
# Scalars are f64; a field of f32 gets them rounded once, outside of the loop.
# The weights of a stencil stay f64: what applies them rounds them.

# CHECK: %[[TAU:.*]] = pde.param "tau" = {{.*}} : f64
# CHECK: %[[SQUARE:.*]] = arith.mulf %[[TAU]], %[[TAU]] : f64
# CHECK: %[[ROUNDED:.*]] = arith.truncf %[[SQUARE]] : f64 to f32
# CHECK: pde.stencil {{.*}} weights(
# CHECK: pde.steps
# CHECK-NOT: arith.truncf
# CHECK: arith.mulf %[[ROUNDED]], %{{.*}} : f32
# CHECK: pde.output
grid X : 1d, boundary periodic
param tau = 0.1, n = 3
input f on X
evolve u from f by u -> u + tau^2*d2(x)(u) for n steps
output u
