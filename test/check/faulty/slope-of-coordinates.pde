# RUN: cd %S && not pdec check slope-of-coordinates.pde 2>&1 | diff slope-of-coordinates.pde.expected -
grid X : 2d, boundary x reflecting, y neumann x
input f on X
output v = laplace(f)
