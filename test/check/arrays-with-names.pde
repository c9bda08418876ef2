# What an index leaves of an array is weights under a name of its own, too, and
# has the same weights on a coarser grid.

# RUN: pdec %s --emit pde -o - | FileCheck %s
# RUN: pdec run %s --output r=%t.npy --output s=%t2.npy && cmp %t.npy %t2.npy

grid X : 1d, boundary reflecting, size 64
param W : real[2, 3, 2, 5] = glorot(10, 15, 1)
input f on X = noise(1)
let V = W[1]
let K = stencil(X, V)
let L = stencil(X, W[1])
# CHECK: pde.convolve %{{[^ ]*}}[%{{[^ ]*}}] of [2, 3, 2, 5] {{.*}}@X,
# CHECK: pde.convolve %{{[^ ]*}}[%{{[^ ]*}}] of [2, 3, 2, 5] {{.*}}@X.1,
hierarchy down(u) = K([restrict(u), restrict(u)])[2]
output r = K([f, 2*f])[0], s = L([f, 2*f])[0], t = down(f)
