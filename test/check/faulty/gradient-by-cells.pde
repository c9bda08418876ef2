# RUN: cd %S && not pdec check gradient-by-cells.pde 2>&1 | diff gradient-by-cells.pde.expected -
grid X : 1d
param p = 0.5, n = 3
input f on X
input g on X
let v = f^2
output a = gradient(dot(v, v), v)
