# RUN: cd %S && not pdec check stray-text.pde 2>&1 | diff stray-text.pde.expected -
u = 1
grid X : 1d, boundary reflecting, size 64
input f on X
output f
