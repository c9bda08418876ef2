# RUN: cd %S && not pdec check relaxation-of-nothing.pde 2>&1 | diff relaxation-of-nothing.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
solve A(u) = f by jacobi(0) until residual < 1e-6
output u
