# RUN: cd %S && not pdec check record-interval-zero.pde 2>&1 | diff record-interval-zero.pde.expected -
grid X : 1d, boundary reflecting
input f on X
evolve u from f by u -> u/2 for 5 steps
    record size = norm(u) every 0
output u
