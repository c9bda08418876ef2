# RUN: cd %S && not pdec check solver-not-called.pde 2>&1 | diff solver-not-called.pde.expected -
grid X : 1d
input f on X
fun A(u) = u - laplace(u)
solve A(u) = f by cg until residual < 1e-8
output u
