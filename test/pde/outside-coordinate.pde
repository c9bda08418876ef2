# RUN: %pdec %s --emit pde | FileCheck %s
# The coordinate beyond a dirichlet side is one spacing outside the last cell.

# CHECK-DAG: %[[ZERO:.*]] = arith.constant 0.0{{.*}} : f64
# CHECK: %[[SIZE:.*]] = pde.size @X[0]
# CHECK: %[[REAL:.*]] = arith.sitofp %[[SIZE]]
# CHECK: %[[END:.*]] = arith.addf %[[REAL]], %{{.*}} : f64
# CHECK: pde.apply %{{.*}}, %{{.*}} outside(%[[ZERO]], %[[END]] : f64, f64)
grid X : 1d, boundary dirichlet 0
input f on X
output u = f + d2(x)(x)
