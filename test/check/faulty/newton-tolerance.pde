# RUN: cd %S && not pdec check newton-tolerance.pde 2>&1 | diff newton-tolerance.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
solve A(u) = f by newton(tol = 0) until residual < 1e-6
output u
