# Charbonnier diffusion, which smooths edges less than the rest, in steps of
# second order.
grid X : 1d, boundary reflecting, size 512

param lambda = 0.02 where lambda > 0,
      tau = 0.4 where 0 < tau <= 0.5,
      n = 100 where n >= 0

input f on X = sin(x/30) + step(x - 256) + 0.1*noise(3)

let D = forward(x)
fun R(u) = -D'(charbonnier_flux(D(u), lambda))

evolve u from f by heun(R, tau) for n steps
output u
