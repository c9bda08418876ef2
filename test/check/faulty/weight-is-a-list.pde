# RUN: cd %S && not pdec check weight-is-a-list.pde 2>&1 | diff weight-is-a-list.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let D = stencil(x, [[1, 2], 1])
output v = D(f)
