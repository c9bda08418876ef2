# RUN: pdec %s --emit program | FileCheck %s
# level(e) is a time level of its own.
grid X : 1d, boundary neumann 1
input f on X
# CHECK: [[E:%.*]] = evolve 5 times (u : real on X = f) {
# CHECK: [[SUM:%.*]] = add [[E]].u, {{%.*}} : real on X
# CHECK-NEXT: [[V:%.*]] = level [[SUM]] : real on X
# CHECK-NEXT: apply [-1: 1.0, 0: -2.0, 1: 1.0] [[V]] : real on X
# CHECK: [[NEW:%.*]] = level {{%.*}} : real on X
# CHECK-NEXT: yield [[NEW]]
evolve u from f by heun(u -> laplace(u), 0.1) for 5 steps
output u
# CHECK: [[E:%.*]] = evolve 5 times (v : real on X = f, before : real on X = {{%.*}}) {
# CHECK: [[NEW:%.*]] = level {{%.*}} : real on X
# CHECK-NEXT: yield [[NEW]], [[E]].v
evolve v, before from f, leapfrog_start(u -> laplace(u), 0.1, f)
    by leapfrog(u -> laplace(u), 0.1)
    for 5 steps
output v
