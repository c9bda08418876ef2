# RUN: cd %S && not pdec check axis-names-too-few.pde 2>&1 | diff axis-names-too-few.pde.expected -
grid X : 2d (t), size 8
input f on X
output u = f
