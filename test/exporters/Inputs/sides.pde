grid Y : 2d, boundary x low reflecting, x high dirichlet cos(y), y low dirichlet sin(x), y high dirichlet x*0.3
input g on Y
let K = stencil(x, [1, 2, 0, -1, 3])*stencil(y, [1, -2, 3, 1, 1])
output u = K(g), w = laplace(g)
