# Advection u_t + a*u_x + b*u_y = 0 by a rotating flow, with upwind differences
grid X : 2d, boundary dirichlet 0, extent [-1, 1], size 127

param cfl = 0.4 where 0 < cfl < 1, n = 300 where n >= 0

input f on X = exp(-50*((x - 0.4)^2 + y^2))

let tau = cfl*spacing(x)/2
fun R(u) = -upwind(x, -y, u) - upwind(y, x, u)

evolve u from f by ssprk3(R, tau) for n steps
output u
