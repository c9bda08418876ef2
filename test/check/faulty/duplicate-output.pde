# RUN: cd %S && not pdec check duplicate-output.pde 2>&1 | diff duplicate-output.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output f, f = 2*f
