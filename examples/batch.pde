# Several signals at once: what is written for one field acts on each of a list,
# and the network has a channel for each.
grid X : 1d, boundary reflecting, size 256

param lambda = 0.05 where lambda > 0,
      tau = 0.4 where 0 < tau <= 0.5,
      n = 200 where n >= 0

input f on X = step(x - 100) + 0.1*noise(1)
input g on X = 1 - step(x - 50) + 0.1*noise(2)
input h on X = 0.01*x + 0.1*noise(3)

let D = forward(x)
fun R(signals) = -D'(charbonnier_flux(D(signals), lambda))

evolve u, v, w from f, g, h by explicit(R, tau) for n steps
output u, v, w
