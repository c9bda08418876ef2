# RUN: %pdec %s --emit net | FileCheck %s
# A map that is not affine in its fields is one activation, not partly layers;
# nor is a sum with a scalar a layer.

# CHECK-NOT: net.scale
# CHECK: net.activation (%[[A:.*]] = %{{.*}} : tensor<?xf64>, %[[B:.*]] = %{{.*}} : tensor<?xf64>) -> tensor<?xf64> {
# CHECK-NEXT: arith.mulf %{{.*}}, %[[A]]
# CHECK-NEXT: arith.mulf %[[A]], %[[B]]
# CHECK-NEXT: arith.addf
# CHECK-NEXT: net.yield
# CHECK: net.activation
# CHECK-NEXT: arith.addf
# CHECK-NOT: net.scale
# CHECK: net.output "v"
grid X : 1d, boundary reflecting
param p = 2.5
input f on X
input g on X
output u = p*f + f*g, v = f + p
