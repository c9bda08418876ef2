# RUN: cd %S && not pdec check limit-without-range.pde 2>&1 | diff limit-without-range.pde.expected -
grid X : 1d, boundary reflecting, size 15
param a = 1.0 where a >= 0
input f on X = 1
fun Phi(s) = s*(1 + a/(1 + s^2))
fun R(u) = -forward(x)'(Phi(forward(x)(u)))
evolve u from f by explicit(R, limit(R)) for 10 steps
output u
