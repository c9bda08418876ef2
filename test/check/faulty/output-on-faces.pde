# RUN: cd %S && not pdec check output-on-faces.pde 2>&1 | diff output-on-faces.pde.expected -
grid Z : 1d, boundary dirichlet 0, size 64
input f on Z
let D = forward(x)
output v = D(f)
