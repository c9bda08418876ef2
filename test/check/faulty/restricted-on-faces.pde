# RUN: cd %S && not pdec check restricted-on-faces.pde 2>&1 | diff restricted-on-faces.pde.expected -
grid Z : 1d, boundary dirichlet 0, size 63
input f on Z
let r = restrict(forward(x)(f))
output f
