# Poisson's equation in the unit cube: V-cycles on 7 grids, from the right side itself
grid X : 3d, boundary dirichlet 0, extent [0, 1], size 127

param n = 12 where n >= 0

input f on X = 0.1*sin(pi*x)*sin(2*pi*y)*sin(pi*z) + noise(7)

fun A(u) = -laplace(u)

evolve u from f by v_cycle(2, 1, red_black(), levels = 7)(A, f) for n steps
output u
