# RUN: cd %S && not pdec check expected-expression.pde 2>&1 | diff expected-expression.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let a = * 2
output f
