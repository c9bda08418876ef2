# RUN: cd %S && not pdec check robin-of-nothing.pde 2>&1 | diff robin-of-nothing.pde.expected -
grid X : 1d, boundary robin(0, 0, 1), size 8
input f on X
output u = laplace(f)
