# RUN: cd %S && not pdec check empty-interval.pde 2>&1 | diff empty-interval.pde.expected -
param tau = 0.4 where tau > 1 and tau < 0
grid X : 1d, boundary reflecting, size 64
input f on X
output f
