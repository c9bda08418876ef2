# The limit of a function that holds a diffusivity: it is bounded, whatever the
# field is that it was made of. Coefficients that are given are not.

# RUN: pdec %s --emit pde -o - | FileCheck %s --implicit-check-not=pde.rate
# RUN: sed '/^evolve/s/mine(R)/mine(given)/' %s > %t.pde
# RUN: not pdec check %t.pde 2>&1 | FileCheck %s --check-prefix=GIVEN

grid X : 1d, boundary reflecting, size 64
input f on X = 0.1*x
input c on X = 1
let D = forward(x)
fun R(u) = {
  let p = D(u)
  return -D'(freeze(1/sqrt(1 + p^2/0.01))*p)
}
fun given(u) = -D'(c*D(u))
scheme mine(R): u -> {
  let F = hold(R, u)
  u = u + limit(F, u)*F(u)
}
evolve u from f by mine(R) for 5 steps
output u

# CHECK: pde.steps
# CHECK: arith.divf
# GIVEN-COUNT-1: error: nothing bounds how fast
# GIVEN: note: the flux divided by its argument is not bounded
# GIVEN-NOT: error
