# RUN: cd %S && not pdec check limit-of-two-operators.pde 2>&1 | diff limit-of-two-operators.pde.expected -
grid X : 1d, boundary periodic, size 64
input f on X = 0.1*x
let S = stencil(x, [1, 0, -2, 0, 1], from = -2)
fun R(u) = -laplace(S(u))
evolve u from f by explicit(R, limit(R)) for 5 steps
output u
