# RUN: cd %S && not pdec check limit-of-number.pde 2>&1 | diff limit-of-number.pde.expected -
grid X : 1d, boundary periodic, size 15
param k = 1.0 where k > 0
input f on X = 1
evolve u from f by explicit(laplace, limit(k)) for 10 steps
output u
