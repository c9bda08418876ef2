# Nonlinear diffusion by backward Euler: a recurrent network. The damping makes
# the iteration converge for any step.
grid X : 1d, boundary reflecting, size 256

param lambda = 0.1 where lambda > 0, tau = 5.0 where tau > 0, n = 6 where n >= 0

input f on X = step(x - 100) - 0.5*step(x - 180) + 0.05*noise(1)

let D = forward(x)
fun R(u) = -D'(charbonnier_flux(D(u), lambda))

evolve u from f
    by implicit(
        R, tau, tol = 1e-9 + 50*epsilon, max = 2000, omega = optimal(R, tau))
    for n steps
output u
