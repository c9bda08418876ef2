# RUN: cd %S && not pdec check field-taken-apart.pde 2>&1 | diff field-taken-apart.pde.expected -
grid X : 1d
input f on X
let a, b = forward(x)(f)
output a, b
