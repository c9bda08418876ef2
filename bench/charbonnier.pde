# Charbonnier diffusion in plain explicit steps, one flux for each cell and step.
grid X : 1d, boundary reflecting, size 512

param lambda = 0.1 where lambda > 0,
      tau = 0.4 where 0 < tau <= 0.5,
      n = 100 where n >= 0

input f on X = step(x - 128) + 0.1*noise(3)

let D = forward(x)
fun R(u) = -D'(charbonnier_flux(D(u), lambda))

evolve u from f by explicit(R, tau) for n steps
output u
