# RUN: %pdec %s --emit pde | %pde-opt --pde-to-kernel=vector-bytes=32 | FileCheck %s
# Differences are cheaper to compute twice than to store: the loop over steps has
# one loop over vectors and one rest, and one over boundary rows, with one over the
# positions that are mirrored there.

# CHECK-LABEL: func.func private @sweep0
# CHECK: scf.for
# CHECK: scf.for
# CHECK: scf.if
# CHECK-COUNT-2: scf.for
# CHECK: scf.if
# CHECK-NOT: scf.for
# CHECK: return
grid X : 1d, boundary reflecting
input f on X
fun R(u) = -forward(x)'(forward(x)(u))
evolve u from f by explicit(R, 0.25) for 5 steps
output u
