# RUN: cd %S && not pdec check limit-of-system.pde 2>&1 | diff limit-of-system.pde.expected -
grid X : 1d, boundary periodic, size 15
input f on X = 1
fun R(u, v) = [laplace(u), laplace(v)]
evolve u, v from f, f by explicit(R, limit(R, [f, f])) for 10 steps
output u
