# RUN: cd %S && not pdec check size-not-constant.pde 2>&1 | diff size-not-constant.pde.expected -
param n = 10
grid X : 1d, size n
input f on X
output f
