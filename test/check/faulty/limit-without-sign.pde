# RUN: cd %S && not pdec check limit-without-sign.pde 2>&1 | diff limit-without-sign.pde.expected -
grid X : 1d, boundary periodic, size 15
param k = 1.0
input f on X = 1
fun R(u) = k*laplace(u)
evolve u from f by explicit(R, limit(R)) for 10 steps
output u
