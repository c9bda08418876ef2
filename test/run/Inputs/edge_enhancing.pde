# Weickert's edge-enhancing diffusion: along edges as without them, across them
# only as far as g lets it. Where edges run, a smoother image says.
grid X : 2d, boundary reflecting, size 128

param lambda = 0.05 where lambda > 0,
      tau = 0.2 where 0 < tau <= 0.25,
      n = 40 where n >= 0

input f on X = (if (x - 64)^2 + (y - 50)^2 < 900 then 0.8 else 0.3)
    + 0.3*noise(2)

let B = stencil(x, [1, 4, 6, 4, 1]/16)*stencil(y, [1, 4, 6, 4, 1]/16)
fun R(u) = {
  let p = grad(u), v = grad(B(u))
  let s2 = inner(v, v) + 1e-12
  let g = weickert_diffusivity(sqrt(s2), lambda)
  return div(p - (1 - g)/s2*inner(v, p)*v)
}

evolve u from f by explicit(R, tau) for n steps
output u
