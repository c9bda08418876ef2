# The heat equation by extrapolated steps, in cycles of twenty: two levels
grid X : 2d, boundary reflecting, size 2048

param tau = 0.2 where 0 < tau <= 0.25, n = 5 where n >= 0

input f on X = step(x - size(x)/2) + 0.1*noise(3)

fun R(u) = laplace(u)

evolve u from f by fsi(R, tau, cycle = 20) for n steps
output u
