# RUN: cd %S && not pdec check grids-differ.pde 2>&1 | diff grids-differ.pde.expected -
grid X : 1d, boundary reflecting, size 64
grid Y : 1d, boundary periodic
input f on X
input g on Y
output v = f + g
