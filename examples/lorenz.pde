# Lorenz's equations of air that is heated from below: an evolution of three
# numbers, without a grid
param sigma = 10.0, rho = 28.0, beta = 8/3, tau = 0.005, n = 4000 where n >= 0

fun R(x, y, z) = [sigma*(y - x), x*(rho - z) - y, x*y - beta*z]

evolve x, y, z from 1, 1, 1
    by rk4(R, tau)
    for n steps
    record orbit = [x, y, z] every 4
output x, y, z
