# RUN: cd %S && not pdec check name-of-an-axis.pde 2>&1 | diff name-of-an-axis.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let x = 5
output f
