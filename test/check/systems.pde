# RUN: pdec %s --emit program | FileCheck %s
# A system evolves together; a list has its entries one by one.
grid X : 2d, boundary periodic, size 32
param tau = 0.5, n = 10
input f on X
input g on X

# CHECK: [[E:%.*]] = evolve n times (u : real on X = f, v : real on X = g) {
# CHECK-NEXT: apply {{.*}} [[E]].u : real on X
# CHECK: mul [[E]].u, [[E]].v : real on X
# CHECK: [[U:%.*]] = add [[E]].u, {{%.*}} : real on X
# CHECK-NEXT: apply {{.*}} [[E]].v : real on X
# CHECK: [[V:%.*]] = add [[E]].v, {{%.*}} : real on X
# CHECK-NEXT: yield [[U]], [[V]]
# CHECK: output u = [[E]].u
fun R(u, v) = [0.5*laplace(u) - u*v, laplace(v) + u*v]
evolve u, v from f, g by explicit(R, tau) for n steps
output u

# A step may take the list of its fields as one.
# CHECK: [[E:%.*]] = evolve n times (p : real on X = f, q : real on X = g) {
# CHECK-NEXT: yield [[E]].q, [[E]].p
scheme exchange: w -> {
  let a, b = w
  w = [b, a]
}
evolve p, q from f, g by exchange for n steps
output p
