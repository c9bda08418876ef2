# RUN: cd %S && not pdec check operator-of-other-grid.pde 2>&1 | diff operator-of-other-grid.pde.expected -
grid X : 1d, boundary reflecting, size 64
grid Y : 1d, boundary periodic
input f on X
let D = forward(Y.x)
output v = D(f)
