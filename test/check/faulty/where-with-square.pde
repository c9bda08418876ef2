# RUN: cd %S && not pdec check where-with-square.pde 2>&1 | diff where-with-square.pde.expected -
param tau = 0.4 where tau^2 < 1
grid X : 1d, boundary reflecting, size 64
input f on X
output f
