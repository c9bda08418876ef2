# RUN: cd %S && not pdec check list-not-ended.pde 2>&1 | diff list-not-ended.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let D = stencil(x, [1, -2 1])
output v = D(f)
