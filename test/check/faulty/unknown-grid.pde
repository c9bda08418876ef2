# RUN: cd %S && not pdec check unknown-grid.pde 2>&1 | diff unknown-grid.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on Y
output f
