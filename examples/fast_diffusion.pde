# Diffusion over a long time by extrapolation: one FSI cycle of 20 steps covers the
# time of 140 explicit ones
grid X : 1d, boundary reflecting, size 256

param lambda = 0.1 where lambda > 0,
      tau = 0.45 where 0 < tau <= 0.5,
      n = 2 where n >= 0

input f on X = step(x - 100) - 0.5*step(x - 180) + 0.05*noise(1)

let D = forward(x)
fun R(u) = {
  let p = D(u)
  return -D'(freeze(charbonnier_diffusivity(p, lambda))*p)
}

evolve u from f by fsi(R, tau, cycle = 20) for n steps
evolve v from f by fed(R, tau, cycle = 20) for n steps
output u, v
