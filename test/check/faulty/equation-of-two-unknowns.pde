# RUN: cd %S && not pdec check equation-of-two-unknowns.pde 2>&1 | diff equation-of-two-unknowns.pde.expected -
grid X : 1d
input f on X
fun A(u, v) = u + v
solve A(u, v) = f by jacobi(4/5) until residual < 1e-8
output u
