# RUN: cd %S && not pdec check limit-of-reaction.pde 2>&1 | diff limit-of-reaction.pde.expected -
grid X : 1d, boundary reflecting, size 15
input f on X = 1
fun R(u) = laplace(u) + u - u^3
evolve u from f by explicit(R, limit(R)) for 10 steps
output u
