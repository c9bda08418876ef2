grid X : 1d, boundary reflecting, size 512
param lambda = 0.1 where lambda > 0, tau = 0.2, n = 3 where n >= 0
input f on X
let D = forward(x)
fun R(u) = -D'(charbonnier_flux(D(u), lambda))
evolve u from f by fsi(R, tau, cycle = 10) for n steps
output u
