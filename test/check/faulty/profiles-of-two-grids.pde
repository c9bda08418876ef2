# RUN: cd %S && not pdec check profiles-of-two-grids.pde 2>&1 | diff profiles-of-two-grids.pde.expected -
grid X : 2d, size 8
grid Y : 2d, size 8
input f on X
input g on Y
output u = mean(f, X.x) + mean(g, Y.x)
