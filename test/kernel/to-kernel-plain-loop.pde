# RUN: %pdec %s --emit pde | %pde-opt --pde-to-kernel | FileCheck %s
# A loop with a loop in it goes pass by pass: its tiles would have to wait for
# each other.

# CHECK: func.func @run
# CHECK: scf.for %{{.*}} step %c1_i64
# CHECK: scf.for %{{.*}} step %c{{[1-9][0-9]+}}_i64
# CHECK: func.call @pde_parallel
# CHECK-NOT: pde_progress
# CHECK: func.call @pde_parallel
# CHECK: pde_progress
# CHECK: return
grid X : 1d, boundary reflecting
param n = 3, cycle = 200
input f on X
scheme cycles(c): u -> {
  for k in 1 .. c {
    u = u + 0.1*d2(x)(u)
  }
  u = exp(-u)
}
evolve u from f by cycles(cycle) for n steps
output u
