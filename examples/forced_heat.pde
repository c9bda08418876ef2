# The heat equation with a source that swings, u_t = u_xx + sin(t)*sin(pi*x). The
# time is a number beside the field, and its rate is 1.
grid X : 1d, boundary dirichlet 0, extent [0, 1], size 39

param tau = 3e-4 where 0 < tau <= 3e-4, n = 20000 where n >= 0

input f on X = 0

fun R(u, t) = [laplace(u) + sin(t)*sin(pi*x), 1]

evolve u, t from f, 0 by heun(R, tau) for n steps

let w = pi^2, T = n*tau
let exact = (w*sin(T) - cos(T) + exp(-w*T))/(w^2 + 1)*sin(pi*x)
output u, error = norm_max(u - exact)
