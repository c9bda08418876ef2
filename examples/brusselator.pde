# The Brusselator: two substances react, and the second spreads faster than the
# first. So what is uniform is not stable, and spots grow (Turing).
grid X : 2d, boundary periodic, size 64

param a = 4.5 where a > 0,
      b = 7.5 where b > 0,
      tau = 0.01 where tau > 0,
      n = 2000 where n >= 0

input u0 on X = a + 0.1*noise(1)
input v0 on X = b/a + 0.1*noise(2)

fun R(u, v) = [2*laplace(u) + a - (b + 1)*u + u^2*v,
     16*laplace(v) + b*u - u^2*v]

evolve u, v from u0, v0 by heun(R, tau) for n steps
output u, v
