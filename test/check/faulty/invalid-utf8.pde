# RUN: cd %S && not pdec check invalid-utf8.pde 2>&1 | diff invalid-utf8.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
# café
output f
