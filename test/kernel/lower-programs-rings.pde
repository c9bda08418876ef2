# RUN: %pdec %s --emit tiles | FileCheck %s --check-prefix=TILES
# RUN: %pdec %s --emit kernel | FileCheck %s
# Of a field that does not change in a loop the runtime is asked, before the loop,
# which rows are the same ones again and again; the tile's function reads each of
# them where the first of them lies.

# TILES: func.func private @sweep0({{.*}}, %[[A:.*]]: !llvm.ptr, %[[PLANES:.*]]: i64, %[[ROWS:.*]]: i64) attributes
# TILES: kernel.memory %[[A]] strides(%{{.*}}) sizes(%{{.*}}) ring(%[[PLANES]], %[[ROWS]]) : <@X, f64>

# One answer for each axis but the last, once for both loops.
# CHECK: func.func @{{.*}}run
# CHECK: call @pde_row_ring(%{{.*}}, %c1{{.*}}, %[[M:.*]], %{{.*}}, %[[A:.*]]) :
# CHECK-NEXT: call @pde_row_ring(%{{.*}}, %[[M]], %{{.*}}, %{{.*}}, %[[A]]) :
# CHECK: call @pde_parallel
# CHECK: call @pde_parallel
# CHECK-NOT: pde_row_ring
grid X : 3d, boundary reflecting
input f on X
input a on X
evolve u from f by u -> u + a*laplace(u) for 9 steps
evolve v from u by v -> v + a*laplace(v) for 9 steps
output v
