# The heat equation with steps a hundred times as long as explicit ones may be:
# Runge-Kutta-Legendre of first and of second order
grid X : 1d, boundary dirichlet 0, extent [0, 1], size 99

param dt = 0.005 where 0 < dt <= 0.005, n = 10 where n >= 0

input f on X = if abs(x - 0.5) < 0.2 then 1 else 0

fun R(u) = laplace(u)

evolve u from f by rkl1(R, dt, stages = 15) for n steps
evolve v from f by rkl2(R, dt, stages = 21) for n steps
output u, v
