# Maxwell's equations in a metal box by Yee's scheme: the electric field E lives
# on nodes and is zero on the walls, the magnetic field (Hx, Hy) on the faces
# between them, also on those at the walls, and half a step later in time.
grid X : 2d, boundary dirichlet 0, extent [[0, 1], [0, 1]], size 63
param tau = 0.01 where 0 < tau, n = 60
let Dx = forward(x)
let Dy = forward(y)
input e on X = exp(-((x - 0.3)^2 + (y - 0.4)^2)/0.004)
input hx on X, faces Dy = 0
input hy on X, faces Dx = 0

scheme yee(tau): E, Hx, Hy -> {
  Hx = Hx - tau*Dy(E)
  Hy = Hy + tau*Dx(E)
  E = E + tau*(Dy'(Hx) - Dx'(Hy))
}
evolve E, Hx, Hy from e, hx, hy by yee(tau) for n steps
output E, Hx, Hy
