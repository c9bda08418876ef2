# RUN: cd %S && not pdec check periodic-field.pde 2>&1 | diff periodic-field.pde.expected -
grid X : 1d, boundary reflecting
input f on X
input a on X, boundary periodic
output v = a*f
