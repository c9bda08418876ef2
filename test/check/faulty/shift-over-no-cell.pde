# RUN: cd %S && not pdec check shift-over-no-cell.pde 2>&1 | diff shift-over-no-cell.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
let u = shift(x, 1.5, 0)(f)
output u
