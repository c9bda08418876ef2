# Perona-Malik smoothing of a 1-D signal: noise goes, edges stay.
#   u_t = (Phi(u_x))_x,  Phi(s) = s*exp(-s^2/(2*lambda^2)),  no flux at the ends
grid X : 1d, boundary reflecting, size 512

# lambda: the slope from which on an edge is kept; tau: the step size
param lambda = 0.05 where lambda > 0,
      tau = 0.4 where 0 < tau <= 0.5,
      n = 100 where n >= 0

input f on X = step(x - 128) - 0.6*step(x - 320) + 0.02*noise(7)

let D = forward(x)
fun Phi(s) = s*exp(-s^2/(2*lambda^2))
fun R(u) = -D'(Phi(D(u)))

evolve u from f by explicit(R, tau) for n steps
output u
