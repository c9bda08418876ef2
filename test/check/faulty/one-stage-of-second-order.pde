# RUN: cd %S && not pdec check one-stage-of-second-order.pde 2>&1 | diff one-stage-of-second-order.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
evolve u from f by rkl2(laplace, 0.1, stages = 1) for 2 steps
output u
