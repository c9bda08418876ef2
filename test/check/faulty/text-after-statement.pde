# RUN: cd %S && not pdec check text-after-statement.pde 2>&1 | diff text-after-statement.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = 2 f
