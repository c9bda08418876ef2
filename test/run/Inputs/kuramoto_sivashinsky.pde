# The Kuramoto-Sivashinsky equation u_t = -u_xx - u_xxxx - u*u_x of flame fronts:
# long waves grow, short ones are damped, and what is between is chaos. What is
# stiff is solved for, the rest is explicit.
grid X : 1d, boundary periodic, extent [0, 100], size 200

param tau = 0.2 where 0 < tau <= 1, n = 200 where n >= 0

input f on X = cos(2*pi*x/50)*(1 + sin(2*pi*x/100))

fun stiff(u) = -laplace(u) - laplace(laplace(u))
fun wave(u) = -central(x)(u^2/2)
evolve u from f
    by imex(wave, stiff, tau, tol = 1e-6)
    for n steps
    record front = u every 4
output u
