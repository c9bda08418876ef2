# RUN: cd %S && not pdec check where-without-comparison.pde 2>&1 | diff where-without-comparison.pde.expected -
param tau = 0.4 where tau
grid X : 1d, boundary reflecting, size 64
input f on X
output f
