# Perona-Malik diffusion of an image: the flux depends on the length of the whole
# gradient, which makes it invariant under rotations
grid X : 2d, boundary reflecting, size 128

param lambda = 0.1 where lambda > 0,
      tau = 0.2 where 0 < tau <= 0.25,
      n = 60 where n >= 0

input f on X = (if (x - 64)^2 + (y - 50)^2 < 900 then 0.8 else 0.3)
    + 0.1*noise(2)

fun R(u) = {
  let p = grad(u)
  return -grad'(exp(-inner(p, p)/(2*lambda^2))*p)
}

evolve u from f by explicit(R, tau) for n steps
output u
