# RUN: cd %S && not pdec check used-before-declaration.pde 2>&1 | diff used-before-declaration.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
let b = 2*a
let a = 1
output v = b*f
