# RUN: pdec %s --emit program | FileCheck %s
# What a scheme's right-hand side is applied to is a state, also where its form
# tells: functions of it are then functions of a state.
grid X : 1d, boundary neumann 1
input f on X
fun R(u) = laplace(u) + 1
# CHECK: [[E:%.*]] = evolve 5 times (u : real on X = f) {
# CHECK: [[SUM:%.*]] = add [[E]].u, {{%.*}} : real on X
# CHECK-NEXT: [[V:%.*]] = state [[SUM]] : real on X
# CHECK-NEXT: apply [-1: 1.0, 0: -2.0, 1: 1.0] [[V]] : real on X
# CHECK: [[NEW:%.*]] = state {{%.*}} : real on X
# CHECK-NEXT: yield [[NEW]]
evolve u from f by heun(R, 0.1) for 5 steps
output u
# CHECK: [[E:%.*]] = evolve 5 times (v : real on X = f) {
# CHECK: [[SUM:%.*]] = add [[E]].v, {{%.*}} : real on X
# CHECK-NEXT: [[V:%.*]] = state [[SUM]] : real on X
# CHECK-NEXT: [[SINE:%.*]] = sin [[V]] : real on X
# CHECK-NEXT: apply [-1: 1.0, 0: -2.0, 1: 1.0] [[SINE]] : real on X
evolve v from f by heun(u -> laplace(sin(u)), 0.1) for 5 steps
output v
# A rule of its own, and the linear part.
# CHECK: state {{%.*}} with x: dirichlet 2.0 .. neumann 1.0 : real on X
let w on X, boundary low dirichlet 2 = f^2
output z = laplace(w)
# CHECK: state {{%.*}} with x: neumann 0.0 : real on X
output l = linear(R)(f)
