# RUN: cd %S && not pdec check reserved-word.pde 2>&1 | diff reserved-word.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let trainable = 5
output f
