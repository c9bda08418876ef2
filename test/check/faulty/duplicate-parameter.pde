# RUN: cd %S && not pdec check duplicate-parameter.pde 2>&1 | diff duplicate-parameter.pde.expected -
param a = 1, a = 2
grid X : 1d, boundary reflecting, size 64
input f on X
output f
