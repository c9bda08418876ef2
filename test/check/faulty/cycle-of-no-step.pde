# RUN: cd %S && not pdec check cycle-of-no-step.pde 2>&1 | diff cycle-of-no-step.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
evolve u from f by fsi(laplace, 0.1, cycle = 0) for 2 steps
output u
