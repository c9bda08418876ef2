# RUN: %pdec %s --emit net | FileCheck %s
# Beyond a dirichlet side lies a value. The face at the low side is one row more,
# which a sum with cells cuts off, and which the adjoint folds away.

# CHECK: %[[W:.*]] = net.weights
# CHECK: %[[P:.*]] = net.pad %[[F:.*]] [#net.margin<1 dirichlet, 1 dirichlet>] values(%[[LOW:.*]], %[[HIGH:.*]] : f64, f64) :
# CHECK-NEXT: %[[D:.*]] = net.conv %[[P]], %[[W]]
# CHECK-NEXT: %[[C:.*]] = net.pad %[[D]] [#net.margin<-1 reflecting, 0 reflecting>]
# CHECK-NEXT: net.add %[[C]], %[[F]]
# CHECK: %[[T:.*]] = net.conv_transpose %[[D]], %[[W]]
# CHECK-NEXT: net.fold %[[T]] [#net.margin<1 dirichlet, 1 dirichlet>]
grid X : 1d, boundary low dirichlet 0.5, high dirichlet 2
input f on X
let D = forward(x)
output u = D(f) + f, v = D'(D(f))
