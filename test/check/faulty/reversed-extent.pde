# RUN: cd %S && not pdec check reversed-extent.pde 2>&1 | diff reversed-extent.pde.expected -
grid X : 1d, extent [1, 0]
input f on X
output f
