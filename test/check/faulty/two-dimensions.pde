# RUN: cd %S && not pdec check two-dimensions.pde 2>&1 | diff two-dimensions.pde.expected -
grid X : 2d, boundary reflecting
input f on X
output f
