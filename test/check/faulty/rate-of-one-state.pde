# RUN: cd %S && not pdec check rate-of-one-state.pde 2>&1 | diff rate-of-one-state.pde.expected -
grid X : 2d
input f on X
fun R(u, v) = laplace(u)
evolve u, v from f, f by explicit(R, 0.1) for 10 steps
output u, v, w = [u, v] - x
