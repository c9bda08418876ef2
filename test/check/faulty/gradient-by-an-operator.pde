# RUN: cd %S && not pdec check gradient-by-an-operator.pde 2>&1 | diff gradient-by-an-operator.pde.expected -
grid X : 1d
param p = 0.5, n = 3
input f on X
input g on X
output a = gradient(sum(f), forward(x))
