# RUN: cd %S && not pdec check no-pass-of-a-stage.pde 2>&1 | diff no-pass-of-a-stage.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
evolve u from f by sdirk2(laplace, 0.1, max = 0) for 2 steps
output u
