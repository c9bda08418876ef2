# RUN: cd %S && not pdec check extremum-of-what.pde 2>&1 | diff extremum-of-what.pde.expected -
grid X : 2d, boundary reflecting, size 16
input f on X
let K = stencil(x, [0, 0, 0], over = norm)
let L = stencil(x, [0, 0, 0], over = 2)
output u = K(f), v = L(f)
