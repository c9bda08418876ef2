# RUN: cd %S && not pdec check variable-outside-block.pde 2>&1 | diff variable-outside-block.pde.expected -
var a = 1
grid X : 1d, boundary reflecting, size 64
input f on X
output f
