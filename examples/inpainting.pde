# An image is reconstructed from a tenth of its pixels: those where the mask is 1
# stay, diffusion fills the others
grid X : 2d, boundary reflecting, size 128

param tau = 0.24 where 0 < tau <= 0.25,
      cycle = 40 where cycle > 0,
      n = 20 where n >= 0

fun ring(r) = abs(sqrt((x - size(x)/2)^2 + (y - size(y)/2)^2) - r)
input f on X = 0.2 + 0.3*x/size(x) + 0.5*clamp((20 - ring(32))/16, 0, 1)
input mask on X = step(noise(7) - 0.8)

fun R(u) = (1 - mask)*laplace(u)

evolve u from mask*f by fsi(R, tau, cycle) for n steps
output u, known = mask*f
