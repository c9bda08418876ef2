# RUN: cd %S && not pdec check preconditioner-of-nothing.pde 2>&1 | diff preconditioner-of-nothing.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
solve A(u) = f by cg(by = jacobi(0)) until residual < 1e-6
output u
