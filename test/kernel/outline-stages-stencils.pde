# RUN: %pdec %s --emit kernel 2>/dev/null | FileCheck %s
# RUN: %pdec run %s --size 23 --output u=%t.kernel.npy 2>/dev/null
# RUN: %pdec run %s --as network --layers --size 23 --output u=%t.layers.npy 2>/dev/null
# RUN: cmp %t.kernel.npy %t.layers.npy
# A sum of large stencils, each applied, curved and transposed: one function for
# all applications, and for the sum one for the first part, those within and the
# last, however many stencils there are and though some of their weights are
# equal.

# CHECK: func.func private @sweep1_stage0({{.*}} attributes {passthrough = ["noinline"]}
# CHECK: func.func private @sweep1_stage12({{.*}} attributes {passthrough = ["noinline"]}
# CHECK: func.func private @sweep1_stage13({{.*}} attributes {passthrough = ["noinline"]}
# CHECK: func.func private @sweep1_stage22({{.*}} attributes {passthrough = ["noinline"]}
# CHECK-NOT: private @sweep1_stage
# CHECK: func.func private @sweep1(
# CHECK-COUNT-23: call @sweep1_stage
# CHECK-NOT: call @sweep1_stage
grid X : 2d, boundary reflecting
param n = 2, tau = 0.01
input f on X = noise(1)
let K0 = stencil(X, [[0.3, -0.6, -0.6, 0.3, -0.4],
                     [-0.6, 0.5, 0.7, -0.6, 0.2],
                     [-0.6, 0.2, 0.5, -0.4, -0.6],
                     [0.3, 0.3, 0.7, 0.5, -0.6],
                     [-0.6, 0.5, 0.5, 0.7, 0.3]])
let K1 = stencil(X, [[0.3, 0.7, 0.3, -0.6, 0.5],
                     [0.7, 0.2, 0.7, 0.2, 0.3],
                     [-0.6, 0.2, -0.4, 0.2, -0.4],
                     [0.5, -0.6, 0.7, 0.5, 0.7],
                     [0.5, 0.5, 0.7, -0.6, 0.5]])
let K2 = stencil(X, [[0.3, -0.4, 0.2, 0.2, 0.3],
                     [0.5, 0.3, -0.4, 0.7, 0.5],
                     [0.7, -0.4, 0.5, -0.6, 0.5],
                     [-0.6, -0.4, -0.6, -0.6, 0.5],
                     [-0.6, 0.3, -0.4, 0.7, 0.2]])
let K3 = stencil(X, [[-0.4, -0.6, 0.7, 0.7, 0.3],
                     [0.7, -0.4, -0.6, -0.6, -0.6],
                     [0.2, 0.7, 0.7, 0.3, 0.7],
                     [-0.6, -0.4, -0.4, 0.2, 0.2],
                     [0.5, 0.7, 0.5, 0.2, -0.4]])
let K4 = stencil(X, [[0.2, 0.5, 0.3, 0.2, -0.4],
                     [0.5, 0.5, 0.2, 0.2, -0.6],
                     [-0.6, 0.2, 0.5, 0.7, -0.6],
                     [-0.4, -0.6, -0.4, -0.6, 0.3],
                     [0.2, -0.4, 0.2, 0.2, 0.2]])
let K5 = stencil(X, [[-0.6, -0.6, 0.2, 0.3, 0.5],
                     [-0.4, -0.6, -0.4, 0.3, 0.7],
                     [0.2, -0.4, -0.4, -0.4, 0.3],
                     [0.5, 0.5, 0.5, -0.6, 0.5],
                     [0.7, -0.6, 0.7, -0.6, 0.2]])
let K6 = stencil(X, [[-0.6, -0.6, -0.4, 0.5, 0.7],
                     [0.7, 0.7, 0.3, -0.4, 0.5],
                     [-0.4, -0.6, -0.4, -0.6, -0.4],
                     [0.2, 0.5, -0.6, -0.4, 0.2],
                     [0.5, -0.6, -0.6, 0.7, 0.3]])
let K7 = stencil(X, [[0.2, 0.7, 0.7, -0.4, 0.5],
                     [-0.4, 0.7, -0.4, -0.6, 0.7],
                     [-0.4, 0.7, 0.5, 0.2, -0.6],
                     [0.2, 0.7, 0.2, -0.4, -0.4],
                     [0.7, 0.5, -0.4, -0.6, -0.6]])
let K8 = stencil(X, [[-0.4, 0.3, -0.4, 0.3, -0.4],
                     [-0.4, -0.6, -0.4, -0.4, 0.5],
                     [0.2, 0.2, -0.6, 0.7, 0.7],
                     [0.3, -0.4, -0.6, 0.3, 0.7],
                     [-0.4, 0.3, -0.4, 0.3, 0.7]])
let K9 = stencil(X, [[0.5, 0.7, 0.7, 0.2, 0.2],
                     [-0.6, -0.4, -0.4, 0.7, 0.3],
                     [0.5, 0.3, 0.2, -0.4, 0.7],
                     [0.7, 0.3, -0.6, 0.5, -0.4],
                     [0.3, 0.2, 0.2, -0.6, 0.3]])
let K10 = stencil(X, [[-0.4, -0.6, 0.3, -0.4, -0.4],
                     [0.7, 0.2, -0.6, -0.4, -0.6],
                     [0.3, 0.5, -0.4, -0.6, -0.4],
                     [0.5, -0.4, 0.7, 0.5, -0.4],
                     [0.5, -0.6, 0.5, 0.2, 0.5]])
let K11 = stencil(X, [[0.3, 0.3, 0.2, 0.5, -0.6],
                     [-0.6, 0.5, -0.6, 0.7, 0.3],
                     [0.2, 0.7, 0.5, 0.7, 0.7],
                     [-0.6, -0.4, -0.6, -0.4, 0.3],
                     [0.2, -0.6, -0.4, 0.2, 0.3]])
fun Phi(s) = s/(1 + s*s)
fun part(K, u) = K'(Phi(K(u)))
fun R(u) = -(part(K0, u) + part(K1, u) + part(K2, u) + part(K3, u) + part(K4, u) + part(K5, u) + part(K6, u) + part(K7, u) + part(K8, u) + part(K9, u) + part(K10, u) + part(K11, u))
evolve u from f by explicit(R, tau) for n steps
output u
