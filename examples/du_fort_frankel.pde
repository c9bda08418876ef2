# Edge-preserving smoothing by Du Fort and Frankel's scheme, which is stable for
# any step
grid X : 1d, boundary reflecting, size 256

param lambda = 0.1 where lambda > 0,
      tau = 2.0 where tau > 0,
      n = 60 where n >= 0

input f on X = step(x - 100) - 0.5*step(x - 180) + 0.05*noise(1)

let D = forward(x)
fun R(u) = -D'(charbonnier_flux(D(u), lambda))
let alpha = 1.01

evolve u, v from explicit(R, 1/(2*alpha))(f), f
    by dufort_frankel(R, tau, alpha)
    for n steps
output u
