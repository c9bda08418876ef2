# RUN: cd %S && not pdec check no-such-axis.pde 2>&1 | diff no-such-axis.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let D = forward(X.y)
output v = D(f)
