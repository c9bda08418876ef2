# RUN: %pdec %s --emit pde | FileCheck %s
# A scalar that depends on the pass is computed in the loop, once a pass and not
# once a cell.

# CHECK: pde.steps %{{.*}} pass %[[PASS:.*]] carry
# CHECK: %[[K:.*]] = arith.sitofp %[[K0:.*]] : i64 to f64
# CHECK: %[[A:.*]] = arith.divf %{{.*}}, %[[K]] : f64
# CHECK: pde.map
# CHECK-NEXT: arith.mulf %{{.*}}, %[[A]]
grid X : 1d, boundary periodic
input f on X
scheme shrinking(n): u -> {
  for k in 1 .. n {
    u = u*(1/k)
  }
}
evolve u from f by shrinking(4) for 1 steps
output u
