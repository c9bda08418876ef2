# RUN: cd %S && not pdec check missing-default.pde 2>&1 | diff missing-default.pde.expected -
grid X : 1d, boundary reflecting, size 64
param tau : real
input f on X
output f
