# Poisson's equation -laplace(u) = f on the unit square by full multigrid
grid X : 2d, boundary dirichlet 0, extent [0, 1], size 255

input f on X = 2*pi^2*sin(pi*x)*sin(pi*y)

fun A(u) = -laplace(u)

solve A(u) = f
    by fmg(2, 1, levels = 7)
    until residual < 1e-10 or change < 20*epsilon, at most 30
output u
