# RUN: %pdec %s --emit pde | FileCheck %s
# Taps stand in the order of their offsets, which is the order of the sum; a zero
# weight is no tap, and what all weights share is a factor of the sum.

# CHECK-DAG: %[[TWO:.*]] = arith.constant 2.0{{.*}} : f64
# CHECK-DAG: %[[MINUS:.*]] = arith.constant -1.0{{.*}} : f64
# CHECK-DAG: %[[ONE:.*]] = arith.constant 1.0{{.*}} : f64
# CHECK-DAG: %[[HALF:.*]] = arith.constant 5.0{{.*}}e-01 : f64
# CHECK: %[[W:.*]] = pde.param "w"
# CHECK: pde.stencil [array<i64: -2>, array<i64: -1>, array<i64: 0>, array<i64: 1>] weights(%[[TWO]], %[[W]], %[[MINUS]], %[[ONE]]) : <1>
# CHECK: pde.stencil [array<i64: -1>, array<i64: 1>] weights(%[[MINUS]], %[[ONE]]) scale %[[HALF]] : <1>
grid X : 1d, boundary periodic
param w = 0.3
input f on X
output u = stencil(x, [2, w, -1, 1], from = -2)(f), v = central(x)(f)
