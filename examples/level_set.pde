# A front that moves along its normal with speed 1, the zero of u, by u_t +
# |grad u| = 0: two circles grow and become one. Inside u is negative.
grid X : 2d, boundary extrapolated, extent [[-1, 1], [-1, 1]], size 48

param T = 0.4 where T >= 0

fun circle(a, b, radius) = hypot(x - a, y - b) - radius
input f on X = min(circle(-0.35, 0, 0.15), circle(0.35, 0.1, 0.2))

let tau = 0.4*spacing(x)
fun R(u) = -sqrt(godunov(x, 1, u) + godunov(y, 1, u))
evolve u from f by explicit(R, tau) for round(T/tau) steps
output inside = step(-u), u
