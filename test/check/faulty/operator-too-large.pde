# RUN: cd %S && not pdec check operator-too-large.pde 2>&1 | diff operator-too-large.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let A = forward(x)'*backward(x)
let B = A^64
let C = B*B*B
output v = C(f)
