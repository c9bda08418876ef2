# RUN: cd %S && not pdec check special-blank.pde 2>&1 | diff special-blank.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output f
