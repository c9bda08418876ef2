# RUN: cd %S && not pdec check extent-miscounted.pde 2>&1 | diff extent-miscounted.pde.expected -
grid X : 2d, extent [[0, 1], [0, 1], [0, 1]]
input f on X
output f
