# RUN: cd %S && not pdec check two-errors-two-statements.pde 2>&1 | diff two-errors-two-statements.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let a = (1 + 
let b = 2 3
output v = f
