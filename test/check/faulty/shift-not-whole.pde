# RUN: cd %S && not pdec check shift-not-whole.pde 2>&1 | diff shift-not-whole.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
let u = shift(x, 1.5, 2.5)(f)
output u
