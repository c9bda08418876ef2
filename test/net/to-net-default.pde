# RUN: %pdec %s --emit net | FileCheck %s
# What only a default needs stands in the region of its input, which is not run
# when data are given.

# CHECK-NOT: net.coordinate
# CHECK: net.input "f" on @X default {
# CHECK: net.coordinate
# CHECK: net.activation
# CHECK: net.yield
# CHECK: } : tensor<?xf64>
# CHECK-NOT: net.activation
# CHECK: net.output
grid X : 1d, boundary reflecting, size 9
input f on X = exp(x)
output u = f
