# RUN: cd %S && not pdec check step-changes-grid.pde 2>&1 | diff step-changes-grid.pde.expected -
grid X : 1d, boundary reflecting, size 64
grid Y : 1d, boundary periodic
input f on X
input g on Y
evolve u from f by u -> g for 5 steps
output u
