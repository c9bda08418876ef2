# RUN: cd %S && not pdec check gradient-plus-laplacian.pde 2>&1 | diff gradient-plus-laplacian.pde.expected -
grid X : 2d
input f on X
let A = grad + laplace
output v = A(f)
