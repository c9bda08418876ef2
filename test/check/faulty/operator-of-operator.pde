# RUN: cd %S && not pdec check operator-of-operator.pde 2>&1 | diff operator-of-operator.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let D = forward(x)
let A = D(D)
output v = A(f)
