# RUN: cd %S && not pdec check faces-of-a-function.pde 2>&1 | diff faces-of-a-function.pde.expected -
grid Z : 1d, boundary dirichlet 0, size 64
input v on Z, faces u -> forward(x)(u) = 0
output v
