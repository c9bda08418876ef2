# Motion by curvature, u_t = |grad u|*div(grad u/|grad u|): all level lines of u
# move inwards, the faster the more they bend, and become circles, which vanish.
grid X : 2d, boundary extrapolated, extent [[-1, 1], [-1, 1]], size 64

param T = 0.1 where T >= 0, n = 512 where n >= 1

input f on X = hypot(x, y) - 0.6

let Dx = central(x), Dy = central(y)
fun R(u) = {
  let p = Dx(u), q = Dy(u)
  let bent = d2(x)(u)*q^2 - 2*(Dx*Dy)(u)*p*q + d2(y)(u)*p^2
  return bent/(p^2 + q^2 + 1e-6)
}
evolve u from f by explicit(R, T/n) for n steps
output inside = step(-u), u
