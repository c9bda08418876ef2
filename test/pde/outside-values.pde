# RUN: %pdec %s --emit pde | FileCheck %s
# Beyond a dirichlet side, a pointwise function of a field has the function's
# value there, and the result of an operator is zero.

# CHECK-DAG: %[[QUARTER:.*]] = arith.constant 2.5{{0*}}e-01 : f64
# CHECK-DAG: %[[FOUR:.*]] = arith.constant 4.0{{.*}} : f64
# CHECK-DAG: %[[ZERO:.*]] = arith.constant 0.0{{.*}} : f64
# CHECK-DAG: %[[HALF:.*]] = arith.constant 5.0{{0*}}e-01 : f64
# CHECK-DAG: %[[TWO:.*]] = arith.constant 2.0{{.*}} : f64
# CHECK: pde.apply %{{.*}}, %{{.*}} outside(%[[QUARTER]], %[[FOUR]] : f64, f64)
# CHECK: pde.output "ofSquare"
# CHECK: %[[ONCE:.*]] = pde.apply %{{.*}}, %{{.*}} outside(%[[HALF]], %[[TWO]] : f64, f64)
# CHECK: pde.apply %{{.*}}, %[[ONCE]] outside(%[[ZERO]], %[[ZERO]] : f64, f64)
# CHECK: pde.output "twice"
grid X : 1d, boundary low dirichlet 0.5, high dirichlet 2
input f on X
output ofSquare = d2(x)(f^2), twice = d2(x)(d2(x)(f))
