# RUN: cd %S && not pdec check gradient-times-gradient.pde 2>&1 | diff gradient-times-gradient.pde.expected -
grid X : 2d
input f on X
let A = grad*grad
output v = A(f)
