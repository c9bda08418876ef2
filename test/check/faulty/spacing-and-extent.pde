# RUN: cd %S && not pdec check spacing-and-extent.pde 2>&1 | diff spacing-and-extent.pde.expected -
grid X : 1d, spacing 0.1, extent [0, 1]
input f on X
output f
