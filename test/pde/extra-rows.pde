# RUN: %pdec %s --emit pde | FileCheck %s
# A one-sided difference has a row on the face of the dirichlet side; its adjoint
# takes it, pointwise arithmetic with cells drops it.

# CHECK: %[[F:.*]] = pde.input
# CHECK: %[[D:.*]] = pde.apply %[[K:.*]], %[[F]] outside({{.*}}) : <1>, <@X, f64> -> <@X, f64, [1], [0]>
# CHECK: %[[P:.*]] = pde.map ({{.*}} = %[[D]] : !pde.field<@X, f64, [1], [0]>) -> !pde.field<@X, f64, [1], [0]>
# CHECK: pde.adjoint %[[K]], %[[P]] : <1>, <@X, f64, [1], [0]> -> <@X, f64>
# CHECK: pde.output "low"
# CHECK: pde.apply {{.*}} -> <@X, f64, [0], [1]>
# CHECK: pde.output "high"
# CHECK: pde.apply {{.*}} -> <@X, f64, [2], [0]>
# CHECK: pde.output "far"
# CHECK: pde.map ({{.*}} : !pde.field<@X, f64, [1], [0]>, {{.*}} : !pde.field<@X, f64>) -> !pde.field<@X, f64>
# CHECK: pde.output "cells"
grid X : 1d, boundary dirichlet 0
input f on X
let D = forward(x)
let B = backward(x)
let S = stencil(x, [1, -1], from = 1)
output low = D'(exp(D(f))), high = B'(B(f)), far = S'(S(f)), cells = D(f) + f
