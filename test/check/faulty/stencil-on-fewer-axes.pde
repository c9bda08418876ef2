# RUN: cd %S && not pdec check stencil-on-fewer-axes.pde 2>&1 | diff stencil-on-fewer-axes.pde.expected -
grid X : 2d, boundary reflecting, size 8
input f on X
let K = stencil(x, [1, -2, 1])
output u = K(mean(f, y))
