# RUN: cd %S && not pdec check faces-of-an-adjoint.pde 2>&1 | diff faces-of-an-adjoint.pde.expected -
grid Z : 1d, boundary dirichlet 0, size 64
let D = forward(x)
input v on Z, faces D' = 0
output v
