# RUN: cd %S && not pdec check no-relaxation.pde 2>&1 | diff no-relaxation.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
solve A(u) = f by anderson(omega = 0) until residual < 1e-6
output u
