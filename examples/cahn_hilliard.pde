# The Cahn-Hilliard equation u_t = laplace(u^3 - u - gamma*laplace(u)): two
# phases separate, and the amount of each stays
grid X : 2d, boundary periodic, size 96

param gamma = 0.5 where gamma > 0,
      tau = 0.02 where tau > 0,
      n = 6000 where n >= 0

input f on X = 0.2 + 0.1*noise(3)

fun R(u) = laplace(u^3 - u - gamma*laplace(u))

evolve u from f by explicit(R, tau) for n steps
output u
