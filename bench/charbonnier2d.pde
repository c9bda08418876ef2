# Charbonnier diffusion of an image: one flux of two components for each cell
grid X : 2d, boundary reflecting, size 2048

param lambda = 0.1 where lambda > 0,
      tau = 0.2 where 0 < tau <= 0.25,
      n = 100 where n >= 0

input f on X = step(x - size(x)/2) + 0.1*noise(3)

fun R(u) = {
  let p = grad(u)
  return -grad'(1/sqrt(1 + inner(p, p)/lambda^2)*p)
}

evolve u from f by explicit(R, tau) for n steps
output u
