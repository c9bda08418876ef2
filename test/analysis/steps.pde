# What is told of steps that are too long, and with --certify of all that is not
# proved. The schemes are the script's own: the compiler knows none by name.

# RUN: pdec check %s 2>&1 | FileCheck %s
# RUN: not pdec check %s --certify 2>&1 | FileCheck %s --check-prefix=STRICT
# RUN: pdec run %s --quiet 2>&1 | FileCheck %s --check-prefix=ONCE
# RUN: not pdec %s --certify -o %t.prog 2>&1 | FileCheck %s --check-prefix=STRICT
# RUN: not test -e %t.prog

grid X : 1d, boundary reflecting, size 64
grid Y : 2d, boundary periodic, size 32

param tau = 0.6, lambda = 0.1, n = 2
input f on X = step(x - 32)
input g on Y = 0.1*noise(3)

let D = forward(X.x)
fun R(u) = -D'(perona_malik_flux(D(u), lambda))

# A parameter that the step is proportional to.
# CHECK-DAG: steps.pde:[[#@LINE+2]]:1: warning: this step is 1.199 times the largest certified one: the norm of 'a' may grow [W0801]
# CHECK-DAG: help: use tau = 0.5003 at most
evolve a from f by explicit(R, tau) for n steps

# A number.
# CHECK-DAG: steps.pde:[[#@LINE+3]]:1: warning: this step is 1.2 times the largest certified one: the norm of 'b' may grow [W0801]
# CHECK-DAG: help: use a step of 0.8333 times this one at most
# CHECK-DAG: note: stencil of 5 weights, periodic: |eigenvalues| <= 8
evolve b from g by explicit(laplace, 0.3) for n steps

# Two levels.
# CHECK-DAG: steps.pde:[[#@LINE+1]]:1: warning: modes of 'c', 'd' may grow: a root of the recurrence is not known to lie in the unit disc [W0802]
evolve c, d from f, f by dufort_frankel(u -> -D'(D(u)), tau, 0.9) for n steps

# A scheme of one's own, p(z) = 1 + z + z^2/8: stable for four times the explicit
# step.
# CHECK-DAG: proved: the Euclidean norm of e never grows
# CHECK-DAG: tau = 0.6, and up to 2.001
scheme two(R, tau): u -> {
  let k = R(u)
  u = u + tau*k + tau^2/8*R(k)
}
evolve e from f by two(u -> -D'(D(u)), tau) for n steps

# An average of explicit steps with different diffusivities.
# CHECK-DAG: by the theorem 'an average of explicit steps'
scheme own(R, tau): u -> {
  let v = u + tau/2*R(u)
  u = 0.25*u + 0.75*(v + tau/2*R(v))
}
evolve h from f by own(R, tau) for n steps

# Any step.
# CHECK-DAG: by the theorem 'an implicit step of a symmetric operator'
scheme lagged(R, tau): u -> fixpoint v from u {
  v + 0.4*(u + tau*R(v) - v)
} until change < 1e-10, at most 500
evolve k from f by lagged(R, tau) for n steps

# Negative diffusivities: no smaller step helps, and nothing is told but here.
# CHECK-DAG: nothing is proved about growth: Phi(s)/s is not known to be >= 0 for all s, which no smaller step mends (steps.pde:[[#@LINE+1]]:{{[0-9]+}})
fun F(u) = -D'(fab_flux(D(u), lambda))
# STRICT-DAG: steps.pde:[[#@LINE+1]]:1: error: nothing is proved about the growth of 'm' [E0801]
evolve m from f by explicit(F, tau) for n steps

# STRICT-DAG: error: this step is 1.199 times the largest certified one: the norm of 'a' may grow [W0801]
# STRICT-DAG: error: modes of 'c', 'd' may grow

# ONCE-COUNT-3: warning:
# ONCE-NOT: warning:

output a, b, c, e, h, k, m
