# RUN: cd %S && not pdec check column-after-wide-letters.pde 2>&1 | diff column-after-wide-letters.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let 温度 = 1
let τ = 温度 + lamda
output f
