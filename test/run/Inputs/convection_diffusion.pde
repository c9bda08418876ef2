# Heat that a wind carries into a channel with cold walls and a cold end, u_x =
# eps*laplace(u): at the end is a layer.
grid X : 2d,
    boundary x low dirichlet sin(pi*y),
    x high dirichlet 0,
    y dirichlet 0,
    extent [[0, 1], [0, 1]],
    size [49, 15]

param eps = 0.05 where eps > 0

input f on X = 0

fun A(u) = central(x)(u) - eps*laplace(u)

solve A(u) = f by bicgstab() until residual < 1e-10, at most 1000
output u
