# RUN: cd %S && not pdec check euler-number.pde 2>&1 | diff euler-number.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = e^f
