# RUN: %pdec %s --emit tiles | FileCheck %s
# What a sweep keeps is computed for the tile and its surroundings, into scratch
# memory with strides of its own, before it is read. Both fluxes have their boxes
# in common.

# CHECK: func.func private @sweep0(
# CHECK-SAME: kernel.tile = #kernel.tile<[32, 320] scratch
# CHECK: %[[P:.*]] = kernel.memory %{{[a-z0-9_]*}} strides(%{{[a-z0-9_]*}}) : <@X, f64
# CHECK: %[[Q:.*]] = kernel.memory %{{[a-z0-9_]*}} strides(%{{[a-z0-9_]*}}) : <@X, f64
# CHECK: kernel.box {{.*}} writes (%[[P]] : {{.*}}, %[[Q]] :
# CHECK: pde.exp
# CHECK-NOT: pde.exp
# CHECK: kernel.box {{.*}} = %[[P]] : {{.*}} = %[[Q]] :
# CHECK-NOT: kernel.box
# CHECK: return
grid X : 2d, boundary reflecting
input f on X
fun step(u) = {
  let p = forward(x)(u)
  let q = forward(y)(u)
  let g = exp(-(p^2 + q^2))
  return u - 0.1*(forward(x)'(g*p) + forward(y)'(g*q))
}
output u = step(f)
