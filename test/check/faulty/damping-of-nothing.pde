# RUN: cd %S && not pdec check damping-of-nothing.pde 2>&1 | diff damping-of-nothing.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
evolve u from f by crank_nicolson(laplace, 0.1, omega = 0) for 2 steps
output u
