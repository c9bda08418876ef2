# RUN: cd %S && not pdec check sum-on-faces.pde 2>&1 | diff sum-on-faces.pde.expected -
grid X : 2d, boundary dirichlet 0, size 8
input f on X
output u = sum(forward(x)(f), y)
