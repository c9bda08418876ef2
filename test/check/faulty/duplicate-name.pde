# RUN: cd %S && not pdec check duplicate-name.pde 2>&1 | diff duplicate-name.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let f = 2
output f
