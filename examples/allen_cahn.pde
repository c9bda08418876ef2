# The Allen-Cahn equation u_t = laplace(u) + (u - u^3)/eps^2: two phases separate
grid X : 2d, boundary periodic, size 128

param eps = 2.0 where eps > 0,
      tau = 0.2 where 0 < tau <= 0.25,
      n = 400 where n >= 0

input f on X = 0.1*noise(5)

fun R(u) = laplace(u) + (u - u^3)/eps^2

evolve u from f by ssprk3(R, tau) for n steps
output u
