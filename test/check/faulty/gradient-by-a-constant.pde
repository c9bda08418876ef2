# RUN: cd %S && not pdec check gradient-by-a-constant.pde 2>&1 | diff gradient-by-a-constant.pde.expected -
grid X : 1d
param p = 0.5, n = 3
input f on X
input g on X
output a = like(f, gradient(sum(f), 2.0))
