# Burgers' equation u_t + u*u_x = nu*u_xx: a sine steepens to a shock
grid X : 1d, boundary periodic, extent [0, 1], size 400

param nu = 0.001 where nu > 0, cfl = 0.4 where 0 < cfl < 1, n = 400 where n >= 0

input f on X = 0.5 + sin(2*pi*x)

let tau = cfl*spacing(x)/1.5
fun R(u) = -upwind(x, u, u) + nu*laplace(u)

evolve u from f by ssprk3(R, tau) for n steps
output u
