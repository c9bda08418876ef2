# Flow in a box whose lid moves, by Chorin's projection: a step without
# pressure, then the pressure that makes the flow free of sources. The fluid
# sticks to the walls, which lie half a cell beyond the last cells.
grid X : 2d, boundary reflecting, extent [[0, 1], [0, 1]], size 32
param Re = 100.0 where Re > 0, tau = 0.01 where tau > 0, n = 1500
let Dx = central(x)
let Dy = central(y)
fun rate(u, v, q) = laplace(q)/Re - u*Dx(q) - v*Dy(q)

let still on X, boundary dirichlet 0 = 0
let lid on X, boundary x dirichlet 0, y low dirichlet 0, y high dirichlet 1 = 0
let level on X, boundary reflecting = 0
scheme projection(tau): u, v, p -> {
  u, v = u + tau*rate(u, v, u), v + tau*rate(u, v, v)
  p = cg_solve(q -> -laplace(q), -(Dx(u) + Dy(v))/tau, p, 1e-4, 500)
  u, v = u - tau*Dx(p), v - tau*Dy(p)
}
evolve u, v, p from lid, still, level by projection(tau) for n steps
output u, v, p
