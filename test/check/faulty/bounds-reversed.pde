# RUN: cd %S && not pdec check bounds-reversed.pde 2>&1 | diff bounds-reversed.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
solve A(u) = f by chebyshev(3, 1) until residual < 1e-6
output u
