# RUN: %pdec %s --emit pde | %pde-opt --pde-to-kernel=vector-bytes=32 | FileCheck %s
# The adjoint reads each flux twice. An exponential is computed once a row, into
# scratch memory, by a pass of its own: its vectors, rest and boundary rows. A
# single exponential in each, none where the adjoint is computed.

# CHECK-LABEL: func.func private @sweep0
# CHECK: scf.for
# CHECK: scf.for
# CHECK: pde.exp {{.*}} : vector<4xf64>
# CHECK: scf.if
# CHECK: pde.exp {{.*}} : vector<4xf64>
# CHECK: scf.for
# CHECK: pde.exp {{.*}} : f64
# CHECK-NOT: pde.exp
# CHECK: return
grid X : 1d, boundary reflecting
input f on X
fun R(u) = -forward(x)'(perona_malik_flux(forward(x)(u), 0.1))
evolve u from f by explicit(R, 0.2) for 5 steps
output u
