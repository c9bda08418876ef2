# RUN: cd %S && not pdec check spacings-miscounted.pde 2>&1 | diff spacings-miscounted.pde.expected -
grid X : 3d, spacing [1, 2]
input f on X
output f
