# A rate is a region before it is evaluated, and arithmetic of parameters and
# sizes of grids afterwards; nothing of the region is left.

# RUN: pdec %s --emit program -o - | FileCheck %s --check-prefix=PROGRAM
# RUN: pdec %s --emit pde -o - | FileCheck %s

grid X : 1d, boundary reflecting, size 64
param k = 2.0 where 0 < k <= 4
input f on X
let D = forward(x)
fun R(u) = -D'(k*perona_malik_flux(D(u), 0.1))
evolve u from f by explicit(R, 0.9*limit(R)) for 3 steps
output u

# PROGRAM: %[[R:.*]] = rate norm of (u : real on X) {
# PROGRAM: apply [0: {{.*}}, 1: {{.*}}] %[[R]].u
# PROGRAM: yield
# PROGRAM-NEXT: }

# CHECK-DAG: %[[K:.*]] = pde.param "k"
# CHECK-DAG: %[[ANY:.*]] = arith.constant 2.000000e+00 : f64
# CHECK-DAG: %[[N:.*]] = pde.size @X[0]
# CHECK: arith.cmpi sle, %[[N]],
# CHECK: arith.select
# CHECK: arith.mulf %[[K]],
# CHECK-NOT: pde.rate
# CHECK: arith.divf
# CHECK: pde.steps
