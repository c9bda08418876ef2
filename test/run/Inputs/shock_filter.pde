# Osher and Rudin's shock filter, u_t = -sign(laplace(u))*|grad u|: edges that are
# blurred become sharp.
grid X : 2d, boundary reflecting, size 96

param tau = 0.3 where 0 < tau <= 0.5, n = 60 where n >= 0

fun blurred(s) = 1/(1 + exp(s/4))
input f on X = blurred(hypot(x - 36, y - 40) - 16)
    + blurred(hypot(x - 60, y - 56) - 20)

fun R(u) = {
  let v = sign(laplace(u))
  return -v*sqrt(godunov(x, v, u) + godunov(y, v, u))
}
evolve u from f by explicit(R, tau) for n steps
output u
