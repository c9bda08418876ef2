# RUN: cd %S && not pdec check frozen-tolerance.pde 2>&1 | diff frozen-tolerance.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
evolve u from f by semi_implicit(laplace, 0.1, tol = -1e-8) for 2 steps
output u
