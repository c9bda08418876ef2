# RUN: cd %S && not pdec check dot-on-different-grids.pde 2>&1 | diff dot-on-different-grids.pde.expected -
grid X : 1d
grid Y : 1d
input f on X
input g on Y
output v = dot(f, g)*f
