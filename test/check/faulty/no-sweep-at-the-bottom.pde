# RUN: cd %S && not pdec check no-sweep-at-the-bottom.pde 2>&1 | diff no-sweep-at-the-bottom.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
solve A(u) = f by fas(jacobi(), coarse = 0, levels = 1) until residual < 1e-6
output u
