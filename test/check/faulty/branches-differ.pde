# RUN: cd %S && not pdec check branches-differ.pde 2>&1 | diff branches-differ.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
param h = 1.5
let a = if h < 2 then 1 else forward(x)
output v = a*f
