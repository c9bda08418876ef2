# RUN: cd %S && not pdec check too-many-arguments.pde 2>&1 | diff too-many-arguments.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = exp(f, 2)
