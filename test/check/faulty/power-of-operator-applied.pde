# RUN: cd %S && not pdec check power-of-operator-applied.pde 2>&1 | diff power-of-operator-applied.pde.expected -
grid X : 1d, boundary reflecting
input f on X
output u = d2(x)^2(f)
