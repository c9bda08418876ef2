# RUN: cd %S && not pdec check default-of-wrong-type.pde 2>&1 | diff default-of-wrong-type.pde.expected -
param n : int = 0.5
grid X : 1d, boundary reflecting, size 64
input f on X
output f
