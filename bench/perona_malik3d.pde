# Perona-Malik diffusion of a volume: one exponential for each cell and step
grid X : 3d, boundary reflecting, size 128

param lambda = 0.1 where lambda > 0,
      tau = 0.1 where 0 < tau <= 1/6,
      n = 100 where n >= 0

input f on X = step(x - size(x)/2) + 0.1*noise(3)

fun R(u) = {
  let p = grad(u)
  return -grad'(exp(-inner(p, p)/(2*lambda^2))*p)
}

evolve u from f by explicit(R, tau) for n steps
output u
