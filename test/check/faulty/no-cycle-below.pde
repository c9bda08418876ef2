# RUN: cd %S && not pdec check no-cycle-below.pde 2>&1 | diff no-cycle-below.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
solve A(u) = f by fas(jacobi(), gamma = 0) until residual < 1e-6
output u
