# RUN: cd %S && not pdec check coupled-by-mean.pde 2>&1 | diff coupled-by-mean.pde.expected -
grid X : 1d, boundary dirichlet 0, size 15
input f on X = 1
fun A(u) = u + mean(u)
solve A(u) = f by jacobi() until residual < 1e-9, at most 30
output u
