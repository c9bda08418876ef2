# RUN: cd %S && not pdec check evolved-from-number-on-two-grids.pde 2>&1 | diff evolved-from-number-on-two-grids.pde.expected -
grid X : 1d, boundary reflecting, size 64
grid Y : 1d, boundary periodic
evolve u from 0 by u -> u + laplace(u) for 5 steps
output u
