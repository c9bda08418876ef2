# The Korteweg-de Vries equation u_t = -6*u*u_x - u_xxx by the classical
# Runge-Kutta method: two solitons, the faster one overtakes
grid X : 1d, boundary periodic, extent [-20, 20], size 320

param tau = 0.0005 where 0 < tau <= 0.001, n = 8000 where n >= 0

fun soliton(c, a) = c/2*(1 - tanh(sqrt(c)/2*(x - a))^2)
input f on X = soliton(4, -8) + soliton(1, -2)

let D = central(x)
fun R(u) = -6*u*D(u) - D(d2(x)(u))

evolve u from f by rk4(R, tau) for n steps
output u
