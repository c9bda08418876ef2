# RUN: cd %S && not pdec check cycle-not-whole.pde 2>&1 | diff cycle-not-whole.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
evolve u from f by fed(laplace, 0.1, cycle = 2.5) for 2 steps
output u
