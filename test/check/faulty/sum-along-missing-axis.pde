# RUN: cd %S && not pdec check sum-along-missing-axis.pde 2>&1 | diff sum-along-missing-axis.pde.expected -
grid X : 2d, size 8
grid Y : 3d, size 8
input f on X
output u = sum(f, z), v = sum(sum(f, X.x), X.x)
