# RUN: %pdec %s --emit net --precision f32 | FileCheck %s
# A scale takes its factor in f64 and rounds it itself: once, as the map did.

# CHECK: %[[P:.*]] = pde.param "p"
# CHECK: net.scale %{{.*}} by %[[P]] : tensor<?xf32>
grid X : 1d, boundary reflecting
param p = 0.1
input f on X
output u = p*f
