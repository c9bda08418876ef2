# RUN: cd %S && not pdec check four-dimensions.pde 2>&1 | diff four-dimensions.pde.expected -
grid X : 4d, boundary reflecting
input f on X
output f
