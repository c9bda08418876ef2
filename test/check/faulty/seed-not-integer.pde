# RUN: cd %S && not pdec check seed-not-integer.pde 2>&1 | diff seed-not-integer.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X = noise(0.5)
output f
