# RUN: %pdec %s --emit net | FileCheck %s
# A constant field has no operands; its activation takes the sizes from a tensor
# that it does not read.

# CHECK: %[[SIZE:.*]] = pde.size @X[0]
# CHECK: %[[ZERO:.*]] = net.coordinate 0 first %[[Z:.*]] spacing %[[Z]] sizes(%[[SIZE]])
# CHECK: net.activation (%{{.*}} = %[[ZERO]] : tensor<?xf64>) -> tensor<?xf64> {
# CHECK-NEXT: net.yield %[[C:.*]] : f64
grid X : 1d, boundary reflecting, size 9
param c = 2.5
evolve u from c by u -> u + d2(x)(u) for 3 steps
output u
