# Poisson's equation -laplace(u) = f on the unit square by full multigrid
grid X : 2d, boundary dirichlet 0, extent [0, 1], size 255

fun source(a, b) = 400*exp(-400*((x - a)^2 + (y - b)^2))
input f on X = source(0.3, 0.35) + source(0.7, 0.6) - source(0.35, 0.75)

fun A(u) = -laplace(u)

solve A(u) = f
    by fmg(2, 1, levels = 4)
    until residual < 1e-10 or change < 20*epsilon, at most 30
output u
