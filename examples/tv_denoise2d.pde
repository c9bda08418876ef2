# Total variation flow: noise goes, edges stay. Each step solves a linear system
# in which the diffusivity is that of the old level.
#   tv_denoise2d --input f=photo.png --output u=smooth.png
grid X : 2d, boundary reflecting, size 128

param tau = 0.1 where tau > 0, eps = 0.01 where eps > 0, n = 3 where n >= 0

input f on X = clamp(
        (if (x - 64)^2 + (y - 50)^2 < 900 then 0.8 else 0.3) + 0.15*noise(2), 0,
        1)

fun R(u) = {
  let p = grad(u)
  return -grad'(freeze(1/sqrt(inner(p, p) + eps^2))*p)
}

evolve u from f by semi_implicit(R, tau) for n steps
output u
