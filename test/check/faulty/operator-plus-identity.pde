# RUN: cd %S && not pdec check operator-plus-identity.pde 2>&1 | diff operator-plus-identity.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let A = 1 + d2(x)
output v = A(f)
