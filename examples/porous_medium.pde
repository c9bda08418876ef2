# Gas in porous ground, u_t = (u^2)_xx: beyond a front that moves on there is
# none. Beside it Barenblatt's solution, which keeps its shape, from time 1 to 2.
grid X : 1d, boundary dirichlet 0, extent [-5, 5], size 99

param n = 400 where n >= 1

fun barenblatt(t) = max(1 - (x/t^(1/3))^2/12, 0)/t^(1/3)
input f on X = barenblatt(1)

evolve u from f by heun(u -> laplace(u^2), 1/n) for n steps

let exact = barenblatt(2)
output u, exact, error = norm_max(u - exact)
