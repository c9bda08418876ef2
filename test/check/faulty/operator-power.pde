# RUN: cd %S && not pdec check operator-power.pde 2>&1 | diff operator-power.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let A = d2(x)^0.5
output v = A(f)
