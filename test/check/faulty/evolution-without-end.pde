# RUN: cd %S && not pdec check evolution-without-end.pde 2>&1 | diff evolution-without-end.pde.expected -
grid X : 1d, boundary reflecting
input f on X
evolve u from f by u -> u/2
output u
