# RUN: %pdec %s --emit net | FileCheck %s
# K is pad and conv, K' conv_transpose and fold, both with the same weights value.

# CHECK: %[[W:.*]] = net.weights [array<i64: 0>, array<i64: 1>]
# CHECK-NOT: net.weights
# CHECK: %[[P:.*]] = net.pad %[[F:.*]] [#net.margin<0 reflecting, 1 reflecting>]
# CHECK-NEXT: %[[D:.*]] = net.conv %[[P]], %[[W]]
# CHECK-NEXT: %[[A:.*]] = net.activation ({{.*}} = %[[D]] :
# CHECK: %[[T:.*]] = net.conv_transpose %[[A]], %[[W]]
# CHECK-NEXT: net.fold %[[T]] [#net.margin<0 reflecting, 1 reflecting>]
# CHECK-NOT: net.weights
grid X : 1d, boundary reflecting
input f on X
let D = forward(x)
output u = D'(exp(D(f)))
