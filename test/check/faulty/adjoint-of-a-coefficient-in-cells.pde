# RUN: cd %S && not pdec check adjoint-of-a-coefficient-in-cells.pde 2>&1 | diff adjoint-of-a-coefficient-in-cells.pde.expected -
grid X : 1d, boundary dirichlet 0, extent [0, 1], size 7
input f on X = 1
let k = 1 + x
evolve u from f by u -> u + 0.003*div(k*grad(u)) for 1 steps
output u
