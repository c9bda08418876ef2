# RUN: cd %S && not pdec check operators-of-different-grids.pde 2>&1 | diff operators-of-different-grids.pde.expected -
grid X : 1d, boundary reflecting, size 64
grid Y : 1d, boundary periodic
input f on X
let A = forward(X.x) + forward(Y.x)
output v = A(f)
