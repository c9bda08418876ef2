# Nonlinear diffusion of fourth order, u_t = -(Phi(u_xx))_xx: noise goes,
# straight lines stay as they are.
grid X : 1d, boundary reflecting, size 128

# ||D||^2 <= 16, so that steps up to 2/16 are stable.
param lambda = 0.2 where lambda > 0,
      tau = 0.1 where 0 < tau <= 0.125,
      n = 500 where n >= 0

input f on X = abs(x - 64)/16 + 0.1*noise(11)

let D = d2(x)
fun Phi(s) = perona_malik_flux(s, lambda)
fun R(u) = -D'(Phi(D(u)))

evolve u from f by explicit(R, tau) for n steps
output u, removed = f - u
