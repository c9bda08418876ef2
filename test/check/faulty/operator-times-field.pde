# RUN: cd %S && not pdec check operator-times-field.pde 2>&1 | diff operator-times-field.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let D = forward(x)
output v = D*f
