# Poisson's equation on the unit square: V-cycles on 11 grids, from the right side itself
grid X : 2d, boundary dirichlet 0, extent [0, 1], size 2047

param n = 9 where n >= 0

input f on X = 0.1*sin(pi*x)*sin(2*pi*y) + noise(7)

fun A(u) = -laplace(u)

evolve u from f by v_cycle(2, 1, red_black(), levels = 11)(A, f) for n steps
output u
