# RUN: cd %S && not pdec check error-in-library.pde 2>&1 | diff error-in-library.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
evolve u from f by explicit(f, 0.1) for 5 steps
output u
