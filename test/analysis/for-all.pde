# Claims for all legal values of parameters and for any size, and those that look
# like it and are none.

# RUN: pdec check %s | FileCheck %s --implicit-check-not="for all values"

grid X : 1d, boundary reflecting, size 64
grid Y : 1d, boundary dirichlet 0
grid Z : 1d, boundary reflecting, extent [0, 1], size 10
param tau = 0.25 where 0 < tau <= 0.5, long = 0.25 where 0 < long <= 0.51,
      k = 0.5 where 0 < k <= 1, p = 0.0, a = 0.0 where 0 <= a <= 1, n = 2
input f on X = 0.1*step(x - 32)
input g on Y, boundary dirichlet p
input h on Z = x
let D = forward(X.x)

# CHECK: for-all.pde:[[#@LINE+7]]:1: ranged
# CHECK: proved: the Euclidean norm of ranged never grows
# CHECK-NEXT: by the theorem 'one explicit step of a symmetric operator' (certificates.md#explicit-steps),
# CHECK-NEXT: for all values that parameters may have, on grids of any size
# CHECK: proved: ranged stays between its least and its greatest value
# CHECK-NEXT: by the theorem 'an average of cells nearby' (certificates.md#averages-of-cells),
# CHECK-NEXT: for all values that parameters may have, on grids of any size,
evolve ranged from f by explicit(u -> -D'(k*perona_malik_flux(D(u), 0.1)), tau) for n steps

# The default is short enough, the longest is not.
# CHECK: for-all.pde:[[#@LINE+2]]:1: longest
# CHECK: proved: the Euclidean norm of longest never grows
evolve longest from f by explicit(u -> -D'(D(u)), long) for n steps

# Zero at the sides, but for other values of p not.
# CHECK: for-all.pde:[[#@LINE+8]]:1: sides
# CHECK: proved: the Euclidean norm of sides never grows
# CHECK: proved: two solutions sides never move apart in the Euclidean norm
# CHECK-NEXT: by the theorem 'one explicit step of a symmetric operator' (certificates.md#explicit-steps),
# CHECK-NEXT: for all values that parameters may have, on grids of any size
# CHECK: proved: sides stays between the least and the greatest of its values, those at its sides and zero
# CHECK-NEXT: by the theorem 'an average of cells nearby' (certificates.md#averages-of-cells),
# CHECK-NEXT: for all values that parameters may have, on grids of any size
evolve sides from g by explicit(u -> laplace(u), 0.3) for n steps

# The spacing depends on the size.
# CHECK: for-all.pde:[[#@LINE+2]]:1: spaced
# CHECK: proved: the Euclidean norm of spaced never grows
evolve spaced from h by explicit(u -> laplace(u), 0.001) for n steps

# Data added, but for other values of a only.
# CHECK: for-all.pde:[[#@LINE+6]]:1: fed
# CHECK-NEXT: proved: the Euclidean norm of fed never grows
# CHECK-NEXT: by the theorem 'one explicit step of a symmetric operator' (certificates.md#explicit-steps){{$}}
# CHECK-NEXT: proved: two solutions fed never move apart in the Euclidean norm
# CHECK-NEXT: by the theorem 'one explicit step of a symmetric operator' (certificates.md#explicit-steps),
# CHECK-NEXT: for all values that parameters may have, on grids of any size
evolve fed from f by explicit(u -> laplace(u) + a*f, 0.3) for n steps
output ranged, longest, sides, spaced, fed
