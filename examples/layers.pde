# Sound in the ground: a source near the surface gives Ricker's wavelet, a layer
# below is twice as fast, and the pressure is noted at three receivers. Towards
# the sides the waves are damped, so that none come back.
grid X : 2d, boundary dirichlet 0, extent [[0, 2], [0, 1]], size [79, 39]

param peak = 5.0 where peak > 0, n = 160 where n >= 0

input speed on X = if y > 0.61 then 2 else 1

let tau = 0.3*spacing(x)
let edge = min(min(x, 2 - x), 1 - y)
let damping = 800*(max(0.15 - edge, 0)/0.15)^2
let area = spacing(x)*spacing(y)
fun ricker(t) = {
  let s = (pi*peak*(t - 1/peak))^2
  return (1 - 2*s)*exp(-s)
}
scheme wave(tau): p, before, t -> {
  let source = spread(ricker(t)/area, [0.5, 0.1], X)
  let force = speed^2*laplace(p) + 10*source
  let drag = damping*tau/2
  p, before = (2*p - (1 - drag)*before + tau^2*force)/(1 + drag), p
  t = t + tau
}
evolve p, before, t from 0, 0, 0
    by wave(tau)
    for n steps
    record receivers = [t, at(p, [0.7, 0.05]), at(p, [1, 0.05]),
     at(p, [1.3, 0.05])] every 1
output p
