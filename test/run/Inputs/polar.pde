# The heat equation on a disc with a cold rim, in polar coordinates: x is the
# radius, y the angle, and u_t = (x*u_x)_x/x + u_yy/x^2. Cells lie half a spacing
# off the centre, where the faces have no length. So steps are implicit.
grid X : 2d,
    boundary x low reflecting,
    x high dirichlet 0,
    y periodic,
    extent [[0, 1], [0, 2*pi]],
    size [40, 48]

param T = 0.05 where T > 0, n = 10 where n >= 1

input f on X = exp(-20*((x*cos(y) - 0.4)^2 + (x*sin(y))^2))

let D = forward(x), face = x + spacing(x)/2
fun R(u) = -D'(face*D(u))/x + d2(y)(u)/x^2

evolve u from f by sdirk2(R, T/n, by = bicgstab()) for n steps
output u
