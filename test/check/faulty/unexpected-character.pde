# RUN: cd %S && not pdec check unexpected-character.pde 2>&1 | diff unexpected-character.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let c = f @ 2
output f
