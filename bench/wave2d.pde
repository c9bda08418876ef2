# The wave equation on a drum by the leapfrog scheme: two levels
grid X : 2d, boundary dirichlet 0, size 512

param tau = 0.5 where 0 < tau <= 0.7, n = 100 where n >= 0

input f on X = sin(pi*(x + 1)/(size(x) + 1))*(1 + 0.1*noise(3))

fun R(u) = laplace(u)

evolve u, before from f, leapfrog_start(R, tau, f)
    by leapfrog(R, tau)
    for n steps
output u
