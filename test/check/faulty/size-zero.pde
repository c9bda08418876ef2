# RUN: cd %S && not pdec check size-zero.pde 2>&1 | diff size-zero.pde.expected -
grid X : 1d, size 0
input f on X
output f
