# RUN: cd %S && not pdec check no-stages.pde 2>&1 | diff no-stages.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
evolve u from f by rkl1(laplace, 0.1, stages = -1) for 2 steps
output u
