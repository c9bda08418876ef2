# RUN: cd %S && not pdec check weights-without-end.pde 2>&1 | diff weights-without-end.pde.expected -
grid X : 2d, boundary reflecting, size 16
input f on X
let K = stencil(x, k -> k^2)
let L = stencil(x, [1, 2, 1], to = 1)
output u = K(f), v = L(f)
