# RUN: cd %S && not pdec check repeated-clause.pde 2>&1 | diff repeated-clause.pde.expected -
grid X : 1d, size 10, size 20
input f on X
output f
