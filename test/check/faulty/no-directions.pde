# RUN: cd %S && not pdec check no-directions.pde 2>&1 | diff no-directions.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
solve A(u) = f by gmres(m = 0) until residual < 1e-6
output u
