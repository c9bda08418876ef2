# Advection u_t + a*u_x + b*u_y = 0 by a rotating flow, with upwind differences:
# a quarter of a turn
grid X : 2d, boundary dirichlet 0, extent [-1, 1], size 255

param cfl = 0.4 where 0 < cfl < 1, n = 1000 where n >= 0

input f on X = if abs(x - 0.5) < 0.3 and abs(y) < 0.15 then 1 else 0

let tau = cfl*spacing(x)/2
fun R(u) = -upwind(x, -y, u) - upwind(y, x, u)

evolve u from f by ssprk3(R, tau) for n steps
output u
