# RUN: cd %S && not pdec check coarser-without-an-axis.pde 2>&1 | diff coarser-without-an-axis.pde.expected -
grid X : 2d, size 8
input f on X
output u = restrict(mean(f, x))
