# RUN: cd %S && not pdec check adaptive-tolerance-of-fifth-order.pde 2>&1 | diff adaptive-tolerance-of-fifth-order.pde.expected -
grid X : 1d, boundary reflecting
input f on X
fun A(u) = u - laplace(u)
evolve u, t, tau from f, 0, 0.1 by dp45((u, t) -> laplace(u), 1, -1) until t >= 1
output u
