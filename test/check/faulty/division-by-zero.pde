# RUN: cd %S && not pdec check division-by-zero.pde 2>&1 | diff division-by-zero.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = f/(2 - 2)
