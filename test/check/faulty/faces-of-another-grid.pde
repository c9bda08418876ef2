# RUN: cd %S && not pdec check faces-of-another-grid.pde 2>&1 | diff faces-of-another-grid.pde.expected -
grid Z : 1d, boundary dirichlet 0, size 64
grid Y : 1d, boundary dirichlet 0, size 64
let D = forward(Z.x)
input v on Y, faces D = 0
output v
