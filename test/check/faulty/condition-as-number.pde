# RUN: cd %S && not pdec check condition-as-number.pde 2>&1 | diff condition-as-number.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = 2*(f > 0)
