# Flow in a box whose lid moves to the right, by Chorin's projection on the
# positions of the marker-and-cell method: the pressure p lives in the cells, the
# velocities u and v on the faces at their right and at their top. The last of
# these faces are walls. The first walls lie a whole cell before the first faces:
# where u + h/2*du/dn = 0 is asked half a cell before them, u is 0 a cell before.
grid X : 2d, boundary reflecting, extent [[0, 1], [0, 1]], size 32
param Re = 100.0 where Re > 0, tau = 0.01 where tau > 0, n = 1500
let hx = spacing(x)
let hy = spacing(y)
let still on X, boundary reflecting = 0
let u0 on X,
    boundary x low robin(1, hx/2, 0),
    x high dirichlet 0,
    y low dirichlet 0,
    y high dirichlet 1 = 0
let v0 on X,
    boundary x dirichlet 0,
    y low robin(1, hy/2, 0),
    y high dirichlet 0 = 0

# 1 on inner faces, 0 on the last ones, where the coordinate is mirrored.
let innerX = forward(x)(x)
let innerY = forward(y)(y)
# The mean of the four faces next to one of the other kind.
let atU = stencil(X, [[1, 1], [1, 1]], from = [0, -1])/4
let atV = stencil(X, [[1, 1], [1, 1]], from = [-1, 0])/4
fun rate(u, v, w) = laplace(w)/Re - u*central(x)(w) - v*central(y)(w)

scheme projection(tau): u, v, p -> {
  u, v = innerX*(u + tau*rate(u, atU(v), u)),
      innerY*(v + tau*rate(atV(u), v, v))
  let source = -(backward(x)(u) + backward(y)(v))/tau
  p = v_cycle(2, 1, levels = 4)(q -> -laplace(q), source)(p)
  u, v = u - tau*forward(x)(p), v - tau*forward(y)(p)
}
evolve u, v, p from u0, v0, still by projection(tau) for n steps
output u, v, p
