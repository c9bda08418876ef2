# Whatever the tiles, a cycle that goes over a grid row by row through smoothing,
# residual and restriction gives the bits of one layer after the other.
# RUN: %pdec run %s --quiet --as network --layers --output u=%t.layers.npy
# RUN: %pdec run %s --quiet --output u=%t.chosen.npy
# RUN: cmp %t.layers.npy %t.chosen.npy
# RUN: %pdec run %s --quiet --tiles 1x1 --threads 3 --output u=%t.tiny.npy
# RUN: cmp %t.layers.npy %t.tiny.npy
# RUN: %pdec run %s --quiet --tiles 7x10 --threads 2 --march x86-64 --output u=%t.odd.npy
# RUN: cmp %t.layers.npy %t.odd.npy
# RUN: %pdec %s --tiles 7x10 --explain-tiling | FileCheck %s
# CHECK: 7 x 10 cells, row by row through all stages
grid X : 2d, boundary dirichlet 0, extent [0, 1], size 31
input f on X = sin(3*pi*x) + noise(7)
fun A(u) = u - laplace(u)/100
evolve u from f by v_cycle(2, 1, red_black(), levels = 3)(A, f) for 3 steps
output u
