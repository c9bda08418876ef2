# RUN: cd %S && not pdec check limit-on-which-grid.pde 2>&1 | diff limit-on-which-grid.pde.expected -
grid X : 1d, boundary periodic, size 15
grid Y : 1d, boundary reflecting, size 15
input f on X = 1
fun R(u) = laplace(u)
evolve u from f by explicit(R, 0.9*limit(R)) for 10 steps
output u
