# RUN: cd %S && not pdec check point-of-faces.pde 2>&1 | diff point-of-faces.pde.expected -
grid X : 1d, boundary dirichlet 0, size 16
input f on X
let D = forward(x), E = stencil(x, [0, 0, 0], over = max)
output u = at(D(f), 3), v = E(D(f))
