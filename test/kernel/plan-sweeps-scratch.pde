# RUN: %pdec %s --emit sweeps | %pde-opt --pde-plan-sweeps | FileCheck %s
# The adjoint reads each flux twice. One with an exponential is kept in scratch
# memory, one row further at each end; it is a stage before the result, whose
# first and last row are at the boundary. The step reads two rows around.

# CHECK: pde.sweep (
# CHECK-SAME: kernel.reads = [unit, #kernel.rows<2 : 2>, unit]
# CHECK-SAME: kernel.results = [#kernel.stage<1 reach <0 : 0> boundary <1 : 1>>]
# CHECK-SAME: kernel.tile = #kernel.tile<[1152] steps 18>
# CHECK: pde.apply
# CHECK-NOT: kernel.stage
# CHECK: pde.map {{.*}} {kernel.stage = #kernel.stage<0 reach <1 : 1> boundary <none : 1>>}
# CHECK: pde.exp
# CHECK-NOT: kernel.stage
grid X : 1d, boundary reflecting
input f on X
param lambda = 0.1
fun R(u) = -forward(x)'(perona_malik_flux(forward(x)(u), lambda))
evolve u from f by explicit(R, 0.2) for 5 steps
output u
