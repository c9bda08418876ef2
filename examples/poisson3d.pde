# Poisson's equation -laplace(u) = f in the unit cube by V-cycles
grid X : 3d, boundary dirichlet 0, extent [0, 1], size 31

input f on X = 3*pi^2*sin(pi*x)*sin(pi*y)*sin(pi*z)

fun A(u) = -laplace(u)

solve A(u) = f
    by v_cycle(2, 1, red_black(), levels = 4)
    until residual < 1e-10 or change < 20*epsilon, at most 30
output u
