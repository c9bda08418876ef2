# RUN: cd %S && not pdec check alpha-of-no-size.pde 2>&1 | diff alpha-of-no-size.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
evolve u, v from f, f by dufort_frankel(laplace, 0.1, 0) for 2 steps
output u
