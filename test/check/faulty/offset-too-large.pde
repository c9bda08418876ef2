# RUN: cd %S && not pdec check offset-too-large.pde 2>&1 | diff offset-too-large.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let A = stencil(x, [1, -1], from = 5000)
output v = A(f)
