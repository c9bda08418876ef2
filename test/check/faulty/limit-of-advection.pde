# RUN: cd %S && not pdec check limit-of-advection.pde 2>&1 | diff limit-of-advection.pde.expected -
grid X : 1d, boundary periodic, size 15
param v = 1.0 where v > 0
input f on X = 1
fun R(u) = -v*central(x)(u)
evolve u from f by explicit(R, 0.9*limit(R)) for 10 steps
output u
