# RUN: cd %S && not pdec check keyword-as-name.pde 2>&1 | diff keyword-as-name.pde.expected -
param in = 1
grid X : 1d, boundary reflecting, size 64
input f on X
output f
