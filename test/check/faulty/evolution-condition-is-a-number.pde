# RUN: cd %S && not pdec check evolution-condition-is-a-number.pde 2>&1 | diff evolution-condition-is-a-number.pde.expected -
grid X : 1d, boundary reflecting
param T = 1.0
input f on X
evolve u, t from f, 0 by (u, t) -> [u/2, t + 0.1] until T - t, at most 100
output u
