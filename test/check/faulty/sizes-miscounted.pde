# RUN: cd %S && not pdec check sizes-miscounted.pde 2>&1 | diff sizes-miscounted.pde.expected -
grid X : 2d, size [10, 20, 30]
input f on X
output f
