# RUN: cd %S && not pdec check boundary-value-of-a-field.pde 2>&1 | diff boundary-value-of-a-field.pde.expected -
grid Y : 2d
input g on Y
grid X : 2d, boundary dirichlet g
input f on X
output v = laplace(f), g
