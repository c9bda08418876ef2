# RUN: cd %S && not pdec check output-of-number.pde 2>&1 | diff output-of-number.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output a = 1
