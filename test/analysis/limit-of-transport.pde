# The longest step for which cells are averages of cells: for all values of
# parameters and any number of cells, also where only a run knows both.

# RUN: pdec check %s | FileCheck %s
# RUN: pdec %s -o %t && %t --size X=20 --size Y=9 --set tau=0.03 2>&1 | FileCheck %s --check-prefix=LONG
# RUN: %t --size X=20 --size Y=9 2>&1 | FileCheck %s --check-prefix=SHORT --implicit-check-not=warning

grid X : 1d, boundary periodic, extent [0, 1]
grid Y : 2d, boundary dirichlet 0, extent [-1, 1]
param v = 2.0, k = 0.01 where k >= 0, c = 0.9 where 0 < c <= 1, tau = 0.02
input f on X = 1
input g on Y = 1
fun R(u) = -upwind(X.x, v, u) + k*laplace(u)
fun rotated(u) = -upwind(Y.x, -Y.y, u) - upwind(Y.y, Y.x, u)

# CHECK: limit-of-transport.pde:[[#@LINE+7]]:1: u
# CHECK-NEXT: proved: the Euclidean norm of u never grows
# CHECK-NEXT: 'an average of cells nearby'
# CHECK-NEXT: for all values that parameters may have, on grids of any size
# CHECK: proved: u stays between its least and its greatest value
# CHECK-NEXT: 'an average of cells nearby'
# CHECK-NEXT: for all values that parameters may have, on grids of any size
evolve u from f by explicit(R, c*limit(R, X)) for 2 steps

# CHECK: limit-of-transport.pde:[[#@LINE+4]]:1: w
# CHECK-NEXT: proved: w stays between the least and the greatest of its values, those at its sides and zero
# CHECK-NEXT: 'an average of cells nearby'
# CHECK-NEXT: for all values that parameters may have, on grids of any size
evolve w from g by explicit(rotated, c*limit(rotated, Y)) for 2 steps

# SHORT: u on X
# LONG: the steps of 'long' (limit-of-transport.pde:[[#@LINE+1]]) are 1.2 times as long as what is certified
evolve long from f by explicit(u -> -upwind(X.x, v, u), tau) for 2 steps
output u, w, long
