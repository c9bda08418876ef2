# RUN: cd %S && not pdec check solver-is-a-number.pde 2>&1 | diff solver-is-a-number.pde.expected -
grid X : 1d
input f on X
fun A(u) = u - laplace(u)
solve A(u) = f by 0.8 until residual < 1e-8
output u
