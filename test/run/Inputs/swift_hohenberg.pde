# Swift and Hohenberg's equation u_t = r u - (1 + laplace)^2 u - u^3: rolls of
# the wave length 2 pi grow out of noise. What is stiff is solved for, the rest
# is explicit.
grid X : 2d, boundary periodic, spacing 0.7853981633974483, size [48, 48]

param r = 0.3, tau = 0.5 where 0 < tau <= 1, n = 60 where n >= 0

input f on X = 0.1*noise(1)

fun B(u) = u + laplace(u)
fun growth(u) = r*u - u^3
fun stiff(u) = -B(B(u))

evolve u from f by imex(growth, stiff, tau, tol = 1e-5) for n steps
output u
