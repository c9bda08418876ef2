# RUN: cd %S && not pdec check axis-of-other-dimension.pde 2>&1 | diff axis-of-other-dimension.pde.expected -
grid X : 2d
input f on X
output v = d2(z)(f)
