# RUN: cd %S && not pdec check dimension-as-number.pde 2>&1 | diff dimension-as-number.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = 2d*f
