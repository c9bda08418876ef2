# RUN: cd %S && not pdec check smoothing-below-zero.pde 2>&1 | diff smoothing-below-zero.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
solve A(u) = f by f_cycle(pre = -1) until residual < 1e-6
output u
