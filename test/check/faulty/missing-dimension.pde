# RUN: cd %S && not pdec check missing-dimension.pde 2>&1 | diff missing-dimension.pde.expected -
grid X : reflecting
input f on X
output f
