# Transport u_t + u_x = 0, once around a circle: by fluxes whose slopes are
# limited (muscl, v), and by parabolas that are weighted (weno5, w)
grid X : 1d, boundary periodic, extent [0, 1], size 200

param n = 400 where n >= 1

input f on X = exp(-400*(x - 0.2)^2)
    + step(0.1 - abs(x - 0.5))
    + max(1 - 10*abs(x - 0.8), 0)

fun flux(u) = u

evolve v from f by heun(u -> -muscl(x, flux, 1, u), 1/n) for n steps
evolve w from f by ssprk3(u -> -weno5(x, flux, 1, u), 1/n) for n steps
output v, w
