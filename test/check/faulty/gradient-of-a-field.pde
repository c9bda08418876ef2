# RUN: cd %S && not pdec check gradient-of-a-field.pde 2>&1 | diff gradient-of-a-field.pde.expected -
grid X : 1d
param p = 0.5, n = 3
input f on X
input g on X
output a = gradient(f^2, f)
