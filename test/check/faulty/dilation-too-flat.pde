# RUN: cd %S && not pdec check dilation-too-flat.pde 2>&1 | diff dilation-too-flat.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
let u = dilation(x, 1, 2, alpha = 1/2)(f)
output u
