# RUN: %pdec %s --emit sweeps | %pde-opt --pde-plan-sweeps | FileCheck %s
# Differences cost less than a store and the loads: nothing is kept. A larger cache
# would do nothing for tiles on several axes without scratch memory.

# CHECK: pde.sweep ({{.*}} attributes {kernel.reads = [#kernel.rows<2 : 2, 1 : 1>]
# CHECK-SAME: kernel.results = [#kernel.stage<0 reach <0 : 0, 0 : 0> boundary <1 : 1, 1 : 1>>]
# CHECK-SAME: kernel.tile = #kernel.tile<[32, 1024]>
# CHECK-NOT: kernel.stage
grid X : 2d, boundary x reflecting, y periodic
input f on X
fun R(u) = -grad'(grad(u))
output u = f + 0.1*R(f)
