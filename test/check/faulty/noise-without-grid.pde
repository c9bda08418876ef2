# RUN: cd %S && not pdec check noise-without-grid.pde 2>&1 | diff noise-without-grid.pde.expected -
grid X : 1d, boundary reflecting, size 64
input f on X
output v = f + noise(3)
