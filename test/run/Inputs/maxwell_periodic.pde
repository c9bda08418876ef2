# Maxwell's equations by Yee's scheme, around two circles
grid X : 2d, boundary periodic, extent [[0, 1], [0, 1]], size 64
param tau = 0.01 where 0 < tau, n = 60
let Dx = forward(x)
let Dy = forward(y)
input e on X = cos(2*pi*(x + 2*y))

scheme yee(tau): E, Hx, Hy -> {
  Hx = Hx - tau*Dy(E)
  Hy = Hy + tau*Dx(E)
  E = E + tau*(Dy'(Hx) - Dx'(Hy))
}
evolve E, Hx, Hy from e, 0*e, 0*e by yee(tau) for n steps
output E, Hx, Hy
