# RUN: pdec %s --emit program | FileCheck %s
# What is frozen is computed from the level at which a scheme holds it.
grid X : 1d, boundary periodic
input f on X
fun R(u) = freeze(exp(u))*d2(x)(u)

# Nothing holds:
# CHECK: [[E:%.*]] = evolve 5 times (u : real on X = f) {
# CHECK-NEXT: exp [[E]].u : real on X
evolve u from f by explicit(R, 0.1) for 5 steps
output u

# Held over a cycle:
# CHECK: [[E:%.*]] = evolve 5 times (v : real on X = f) {
# CHECK-NEXT: [[HELD:%.*]] = exp [[E]].v : real on X
# CHECK-NEXT: [[L:%.*]] = loop 10 times (u : real on X = [[E]].v) {
# CHECK-NEXT: [[RATE:%.*]] = apply {{.*}} [[L]].u : real on X
# CHECK-NEXT: mul [[HELD]], [[RATE]] : real on X
scheme twice(R, tau): u -> {
  let F = hold(R, u)
  for k in 1 .. 10 {
    u = u + tau*F(u)
  }
}
evolve v from f by twice(R, 0.1) for 5 steps
output v

# An operator has nothing to hold:
# CHECK: [[E:%.*]] = evolve 5 times (w : real on X = f) {
# CHECK: loop 10 times (u : real on X = [[E]].w) {
evolve w from f by twice(d2(x), 0.1) for 5 steps
output w
