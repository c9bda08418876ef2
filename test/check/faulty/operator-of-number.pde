# RUN: cd %S && not pdec check operator-of-number.pde 2>&1 | diff operator-of-number.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let D = forward(x)
output v = D(2) + f
