# RUN: cd %S && not pdec check cell-with-index.pde 2>&1 | diff cell-with-index.pde.expected -
grid X : 2d, boundary reflecting
input f on X
let corner = f[1, 2]
output u = corner*f
