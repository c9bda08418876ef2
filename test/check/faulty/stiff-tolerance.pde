# RUN: cd %S && not pdec check stiff-tolerance.pde 2>&1 | diff stiff-tolerance.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
evolve u, v from f, f by bdf2(laplace, 0.1, tol = 0) for 2 steps
output u
