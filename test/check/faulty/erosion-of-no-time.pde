# RUN: cd %S && not pdec check erosion-of-no-time.pde 2>&1 | diff erosion-of-no-time.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
let u = erosion(x, 0, 2)(f)
output u
