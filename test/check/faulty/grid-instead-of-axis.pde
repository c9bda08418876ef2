# RUN: cd %S && not pdec check grid-instead-of-axis.pde 2>&1 | diff grid-instead-of-axis.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let D = forward(X)
output v = D(f)
