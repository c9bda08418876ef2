# RUN: cd %S && not pdec check tolerance-of-nothing.pde 2>&1 | diff tolerance-of-nothing.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
evolve u from f by implicit(laplace, 0.1, tol = 0) for 2 steps
output u
