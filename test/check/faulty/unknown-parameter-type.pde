# RUN: cd %S && not pdec check unknown-parameter-type.pde 2>&1 | diff unknown-parameter-type.pde.expected -
param n : integer = 100
grid X : 1d, boundary reflecting, size 64
input f on X
output f
