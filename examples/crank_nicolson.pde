# The heat equation by the trapezoidal rule
grid X : 1d, boundary dirichlet 0, extent [0, 1], size 63

param tau = 2e-4 where 0 < tau <= 4e-4, n = 200 where n >= 0

input f on X = sin(pi*x) + 0.5*sin(5*pi*x)

fun R(u) = laplace(u)

evolve u from f by crank_nicolson(R, tau, omega = 0.6) for n steps
output u
