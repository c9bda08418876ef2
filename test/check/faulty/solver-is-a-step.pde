# RUN: cd %S && not pdec check solver-is-a-step.pde 2>&1 | diff solver-is-a-step.pde.expected -
grid X : 1d
input f on X
fun A(u) = u - laplace(u)
solve A(u) = f by explicit(A, 0.1) until residual < 1e-8
output u
