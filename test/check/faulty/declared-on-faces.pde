# RUN: cd %S && not pdec check declared-on-faces.pde 2>&1 | diff declared-on-faces.pde.expected -
grid Z : 1d, boundary dirichlet 0, size 64
input f on Z
let D = forward(x)
let v on Z = D(f)
output v
