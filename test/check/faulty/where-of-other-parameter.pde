# RUN: cd %S && not pdec check where-of-other-parameter.pde 2>&1 | diff where-of-other-parameter.pde.expected -
param a = 1, tau = 0.4 where tau < a
grid X : 1d, boundary reflecting, size 64
input f on X
output f
