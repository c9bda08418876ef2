# RUN: cd %S && not pdec check no-pass-at-all.pde 2>&1 | diff no-pass-at-all.pde.expected -
grid X : 1d, boundary dirichlet 0, size 31
input f on X
fun A(u) = -laplace(u)
solve A(u) = f by cg() until residual < 1e-3, at most 0
output u
