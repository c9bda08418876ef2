# RUN: cd %S && not pdec check operator-plus-number.pde 2>&1 | diff operator-plus-number.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let A = forward(x) + 1
output v = A(f)
