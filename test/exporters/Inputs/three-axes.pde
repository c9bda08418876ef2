grid Y : 3d, boundary x periodic, y reflecting, z low reflecting, z high dirichlet 0.25
input g on Y
let K = stencil(x, [1, 2, 0, -1, 3])*stencil(y, [1, -2, 3, 1, 1])*stencil(z, [1, -2, 4])
output u = K(g), v = K'(g), w = laplace(g)
