# RUN: cd %S && not pdec check axis-name-twice.pde 2>&1 | diff axis-name-twice.pde.expected -
grid X : 2d (t, t), size 8
input f on X
output u = f
