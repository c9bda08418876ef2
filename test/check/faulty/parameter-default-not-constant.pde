# RUN: cd %S && not pdec check parameter-default-not-constant.pde 2>&1 | diff parameter-default-not-constant.pde.expected -
param a = 1, b = 2*a
grid X : 1d, boundary reflecting, size 64
input f on X
output f
