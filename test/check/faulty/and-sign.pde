# RUN: cd %S && not pdec check and-sign.pde 2>&1 | diff and-sign.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let c = if f > 0 && f < 1 then 1 else 0
output v = c*f
