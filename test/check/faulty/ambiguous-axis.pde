# RUN: cd %S && not pdec check ambiguous-axis.pde 2>&1 | diff ambiguous-axis.pde.expected -
grid X : 1d, boundary reflecting, size 64
grid Y : 1d, boundary periodic
input f on X
let D = forward(x)
output v = D(f)
