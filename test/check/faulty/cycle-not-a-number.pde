# RUN: cd %S && not pdec check cycle-not-a-number.pde 2>&1 | diff cycle-not-a-number.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
evolve u from f by nesterov(laplace, 0.1, cycle = infinity - infinity) for 2 steps
output u
