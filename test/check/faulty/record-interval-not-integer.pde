# RUN: cd %S && not pdec check record-interval-not-integer.pde 2>&1 | diff record-interval-not-integer.pde.expected -
grid X : 1d, boundary reflecting
param T = 1.0, tau = 0.1
input f on X
evolve u from f by u -> u/2 for 5 steps
    record size = norm(u) every T/tau
output u
