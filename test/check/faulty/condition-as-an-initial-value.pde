# RUN: cd %S && not pdec check condition-as-an-initial-value.pde 2>&1 | diff condition-as-an-initial-value.pde.expected -
grid X : 1d, boundary reflecting
input f on X
evolve u from f > 0 by explicit(laplace, 0.1) for 3 steps
output u
