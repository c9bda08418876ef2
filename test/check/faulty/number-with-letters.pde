# RUN: cd %S && not pdec check number-with-letters.pde 2>&1 | diff number-with-letters.pde.expected -
param lambda = 0.1
grid X : 1d, boundary reflecting, size 64
input f on X
output v = f/(2lambda)
