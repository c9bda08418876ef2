# RUN: cd %S && not pdec check no-history.pde 2>&1 | diff no-history.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
solve A(u) = f by anderson(m = 0) until residual < 1e-6
output u
