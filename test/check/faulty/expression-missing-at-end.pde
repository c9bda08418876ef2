# RUN: cd %S && not pdec check expression-missing-at-end.pde 2>&1 | diff expression-missing-at-end.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let a = 2 +
output f
