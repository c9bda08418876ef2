# RUN: cd %S && not pdec check typographic-minus.pde 2>&1 | diff typographic-minus.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let r = f − 1
output f
